"""What other sites show of the report: the social card of a link, and pages for iframes.

`cards` chooses what stands on the card of each kind of page, `drawing` and `scenes` draw it; `embeds` makes the pages.
"""
