"""What people without an account send in: resources, problems, offers to be a curator, messages.

`pages.page_at` reads which page of the site something is about; `views` hold the forms and the
private page on which whoever sent something reads what became of it; editors answer at the desk
(`desk`), where curators.queue lists what is open.
"""
