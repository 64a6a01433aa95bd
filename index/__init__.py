"""Articles and how they are found: readers, passages, quotes, storage and search. Knows nothing of chat."""
