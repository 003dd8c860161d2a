"""The local app: a dossier in the browser, rendered on the server, read without JavaScript.

```
from standoff.web import create_app
create_app(Path("west-pacific.standoff"))     a Starlette application for 127.0.0.1
```
"""

from standoff.web.pages import create_app
from standoff.web.views import marked, render

__all__ = ["create_app", "marked", "render"]
