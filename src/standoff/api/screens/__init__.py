"""What a screen shows, as frozen records: the arithmetic and the pictures behind the local app.

```
with look("west-pacific.standoff", as_of=date(2021, 8, 13)) as view:
    text_screen(view, "D-004").cards          the signals and claims of a document, with its pieces
    desk_screen(view).headline                the last run as one page
```
A view is opened to be read: nothing that a screen does can change the dossier.
"""

from standoff.api.screens.actions import Actions, Done
from standoff.api.screens.brief import (
    BriefScreen,
    brief_data,
    brief_markdown,
    brief_screen,
    check_numbers,
    reword,
)
from standoff.api.screens.cards import Card, Confidence, card_of_claim, card_of_signal
from standoff.api.screens.desk import Desk, desk_screen, stages_picture
from standoff.api.screens.draft import Shipped, make_drafted, make_shipped, shipped
from standoff.api.screens.forms import Field, actor_code, blank_form, edit_form, read_changes
from standoff.api.screens.intake import NewText, assess_day, read_texts
from standoff.api.screens.lookup import (
    DecisionLine,
    claim_options,
    document_of,
    explain_handle,
    found_words,
    history_of,
    last_decisions,
)
from standoff.api.screens.map import MapScreen, ground_of, map_screen
from standoff.api.screens.picture import Picture
from standoff.api.screens.stored import assessment_of
from standoff.api.screens.system import SystemScreen, system_screen
from standoff.api.screens.text import Piece, TextScreen, cut, one_card, paragraphs, text_screen
from standoff.api.screens.timeline import TimelineScreen, timeline_screen
from standoff.api.screens.view import DocumentLine, View, look
from standoff.api.screens.whatif import (
    Handle,
    Scenario,
    WhatIf,
    read_scenario,
    tornado,
    whatif_screen,
)
from standoff.brief import interval, percent

__all__ = [
    "Actions",
    "BriefScreen",
    "Card",
    "Confidence",
    "DecisionLine",
    "Desk",
    "DocumentLine",
    "Done",
    "Field",
    "Handle",
    "MapScreen",
    "NewText",
    "Picture",
    "Piece",
    "Scenario",
    "Shipped",
    "SystemScreen",
    "TextScreen",
    "TimelineScreen",
    "View",
    "WhatIf",
    "actor_code",
    "assess_day",
    "assessment_of",
    "blank_form",
    "brief_data",
    "brief_markdown",
    "brief_screen",
    "card_of_claim",
    "card_of_signal",
    "check_numbers",
    "claim_options",
    "cut",
    "desk_screen",
    "document_of",
    "edit_form",
    "explain_handle",
    "found_words",
    "ground_of",
    "history_of",
    "interval",
    "last_decisions",
    "look",
    "make_drafted",
    "make_shipped",
    "map_screen",
    "one_card",
    "paragraphs",
    "percent",
    "read_changes",
    "read_scenario",
    "read_texts",
    "reword",
    "shipped",
    "stages_picture",
    "system_screen",
    "text_screen",
    "timeline_screen",
    "tornado",
    "whatif_screen",
]
