"""From a question to a cited answer: understanding, evidence, composition, verification, and the ways in."""
