"""The one page on which a pathway is built: words, stages and steps in one form with one Save.

`order` is where steps stand and how they move, `forms` what is typed, `page` puts both on a draft,
`checklist` tells what is missing, `admin` hangs the page into the desk.
"""
