"""Share: what the report looks like elsewhere - the card that a link to it shows, and pages to be framed by others.

`cards` chooses what stands on the card of each kind of page, `drawing` and `scenes` draw it; `embeds` makes the pages.
"""
