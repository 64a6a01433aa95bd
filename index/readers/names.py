"""What names of files tell: which are passed over in a folder, or in what is packed like one."""


def is_hidden(name: str) -> bool:
    """Hidden files, and what one system packs beside each file."""
    return name.startswith(".") or name == "__MACOSX"


def is_other(name: str) -> bool:
    """README files and questions for evaluation, which lie beside articles and are none."""
    return name.lower().startswith("readme") or name.lower() == "questions.jsonl"
