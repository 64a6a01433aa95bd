"""Citera's one door: no argument starts the chat, otherwise a command. `python app.py --help` says which."""

import os


def settle() -> None:
    """Settles the process's surroundings; to be called before anything heavy is loaded."""
    # Large tensors in huge pages: without them a forward pass spends most of its time on page faults.
    os.environ.setdefault("THP_MEM_ALLOC_ENABLE", "1")
    # No byte leaves the machine unless the user names a model that has to be fetched.
    for name in ("HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK", "HF_HUB_DISABLE_UPDATE_CHECK"):
        os.environ.setdefault(name, "1")
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")


def main() -> None:
    """Settles the surroundings, then hands over to the command line."""
    settle()

    from bot.cli import run

    run()


if __name__ == "__main__":
    main()
