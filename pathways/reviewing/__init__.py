"""From draft to publication: what an editor and a curator do with a revision, and what became of it.

`sheet` lays a revision out line by line with what was said and what changed, `answering` reads what
was sent from that page, `talk` has the verbs of remarks, `comparing` tells two revisions apart,
`schedule` publishes what is due, `mails` tells people, `boards` is the first page of the desk, and
`pages` hangs all of it into the desk. The verbs of a revision itself are in pathways.publication.
"""
