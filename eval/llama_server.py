"""A llama.cpp server of its own, until its stdin closes: `python -m eval.llama_server MODEL.gguf KEY`."""

from __future__ import annotations

import sys

CONTEXT_TOKENS = 8192  # room for all the passages of a question


def main(model: str, key: str) -> None:
    """Prints its address, which ends in /v1, once it answers."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = model
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    params.warmup = False
    params.verbosity = 0
    server = xllamacpp.Server(params)
    print(f"{server.listening_address}/v1", flush=True)
    sys.stdin.read()
    del server


if __name__ == "__main__":
    main(*sys.argv[1:])
