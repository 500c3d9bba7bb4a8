"""The page: `exchange` tells what has happened, `holdings` reads and changes the archive, `app` and `archive_tab` wire;
all other rooms draw and know nothing of Gradio."""
