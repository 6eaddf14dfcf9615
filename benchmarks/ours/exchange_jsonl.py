# SPDX-License-Identifier: MIT
"""10,000 articles with 400,000 tags out to the format `jsonl` and in from it."""

from benchmarks import exchange

if __name__ == "__main__":
    exchange.ours("jsonl")
