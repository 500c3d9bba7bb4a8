"""From hits to a checked answer: the language model, its prompts, reading, citing, chat."""
