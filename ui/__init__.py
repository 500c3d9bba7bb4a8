"""The chat page: `exchange` tells what has happened, `render` and `cards` draw it, `app` wires it up."""
