"""A llama.cpp server in a process of its own: `python llama_server.py MODEL.gguf KEY`, until its stdin closes."""

from __future__ import annotations

import sys

import xllamacpp

params = xllamacpp.CommonParams()
params.model.path, key = sys.argv[1:]
params.hostnames = ["127.0.0.1"]
params.port = 0
params.api_keys = [key]
params.n_ctx = 4096
params.n_parallel = 1
params.warmup = False
params.verbosity = 0
server = xllamacpp.Server(params)
print(f"{server.listening_address}/v1", flush=True)
sys.stdin.read()
