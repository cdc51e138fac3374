#!/usr/bin/env python3
"""A reverse proxy on loopback before a test cluster, for what the nodes themselves lack: passwords, TLS, being busy.

    proxy.py UPSTREAM [--basic USER:PASSWORD] [--api-key KEY] [--tls FOLDER]
             [--busy N] [--after N] [--status 429|503] [--number VERSION] [--count]

Prints its own address as the first line, and ends when its standard input does, so that no test leaves it behind.
With --tls it makes a certificate for 127.0.0.1 and localhost in FOLDER; FOLDER/ca.pem is the authority that signed it.
With --busy the N requests that follow the first --after ones get that status and never reach the cluster.
With --number it answers GET / as a cluster of that version would.
With --count it answers GET /_counted: how many requests went through it, and the bytes of bodies sent and received.
"""

import argparse
import base64
import http.client
import http.server
import json
import pathlib
import ssl
import subprocess
import sys
import threading
import urllib.parse

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "host", "authorization"}


def refusal(status, kind, reason):
    """An error as OpenSearch words it."""
    cause = {"type": kind, "reason": reason}
    return status, json.dumps({"error": {"root_cause": [cause], **cause}, "status": status}).encode()


class Proxy(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, flags):
        super().__init__(("127.0.0.1", 0), Handler)
        self.flags = flags
        self.upstream = urllib.parse.urlsplit(flags.upstream).netloc
        self.allowed = set()
        if flags.basic:
            self.allowed.add("Basic " + base64.b64encode(flags.basic.encode()).decode())
        if flags.api_key:
            self.allowed.add("ApiKey " + flags.api_key)
        self.seen = 0
        self.counted = {"requests": 0, "sent": 0, "received": 0}
        self.lock = threading.Lock()
        if flags.tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate(pathlib.Path(flags.tls)))
            # Handshakes belong in the requests' threads: a client that refuses the certificate must not stop the rest.
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def address(self):
        return f"{'https' if self.flags.tls else 'http'}://127.0.0.1:{self.server_port}"

    def busy(self):
        with self.lock:
            self.seen += 1
            return self.flags.after < self.seen <= self.flags.after + self.flags.busy

    def count(self, sent, received):
        with self.lock:
            for name, more in (("requests", 1), ("sent", len(sent)), ("received", len(received))):
                self.counted[name] += more

    def handle_error(self, request, client_address):
        """A client that went away or refused the certificate is no news."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def forward(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        server = self.server
        if server.flags.count and self.path == "/_counted":
            self.reply(200, json.dumps(server.counted).encode())
        elif server.allowed and self.headers.get("authorization") not in server.allowed:
            challenge = {"WWW-Authenticate": "Basic"}
            self.reply(*refusal(401, "security_exception", "missing or wrong credentials"), challenge)
        elif server.busy():
            self.reply(*refusal(server.flags.status, "rejected_execution_exception", "rejected by the test's proxy"))
        else:
            answer = self.ask(body)
            server.count(body, answer[1])
            self.reply(*answer)

    def ask(self, body):
        # What is to be changed must not come compressed.
        dropped = HOP_BY_HOP | ({"accept-encoding"} if self.server.flags.number else set())
        headers = {name: value for name, value in self.headers.items() if name.lower() not in dropped}
        upstream = http.client.HTTPConnection(self.server.upstream, timeout=60)
        try:
            upstream.request(self.command, self.path, body, headers)
            answer = upstream.getresponse()
            content = answer.read()
        except OSError as error:
            return refusal(502, "bad_gateway", str(error))
        finally:
            upstream.close()
        if self.path == "/" and self.server.flags.number:
            root = json.loads(content)
            root["version"]["number"] = self.server.flags.number
            content = json.dumps(root).encode()
        return answer.status, content, {k.title(): v for k, v in answer.getheaders() if k.lower() not in HOP_BY_HOP}

    def reply(self, status, content, headers=None):
        self.send_response(status)
        for name, value in ({"Content-Type": "application/json; charset=UTF-8"} | (headers or {})).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_):
        """The tests read standard output; a log would only stand in the way."""

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = forward


def certificate(folder):
    """Makes an authority and a certificate that it signed; clients take no certificate that signed itself."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ["-newkey", "rsa:2048", "-nodes"]
    days = ["-days", "2"]
    (folder / "names.txt").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\nbasicConstraints=CA:FALSE\n")
    openssl(folder, "req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", *days, "-subj", "/CN=test authority")
    openssl(folder, "req", "-new", *key, "-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=localhost")
    openssl(folder, "x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            *days, "-extfile", "names.txt", "-out", "cert.pem")
    return folder / "cert.pem", folder / "key.pem"


def openssl(folder, *arguments):
    done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"proxy: openssl {arguments[0]} failed: {done.stderr.strip()}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("upstream")
    for name in ("--basic", "--api-key", "--tls", "--number"):
        parser.add_argument(name)
    for name, default in (("--busy", 0), ("--after", 0), ("--status", 429)):
        parser.add_argument(name, type=int, default=default)
    parser.add_argument("--count", action="store_true")
    proxy = Proxy(parser.parse_args())
    print(proxy.address(), flush=True)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    sys.stdin.read()


main()
