"""Steps from an older data model to the next; every step is kept for good.

`schema-N.sql` is the archived text of data model N, `to-N.sql` the step that leads to it.
"""
