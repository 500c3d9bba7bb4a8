"""A llama.cpp server, until its stdin closes: `python llama_server.py MODEL.gguf KEY`."""

from __future__ import annotations

import sys

import xllamacpp

params = xllamacpp.CommonParams()
params.model.path, key = sys.argv[1:]
params.hostnames = ["127.0.0.1"]
params.port = 0
params.api_keys = [key]
params.n_ctx = 8192  # room for all the passages of a question
params.n_parallel = 1
params.warmup = False
params.verbosity = 0
server = xllamacpp.Server(params)
print(f"{server.listening_address}/v1", flush=True)
sys.stdin.read()
