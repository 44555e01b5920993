"""What the checks of the kernel through Jupyter's protocol share.

Starts the kernel 'seminar-java' as Jupyter does and prints one line of JSON for each check:
its name and, if it failed, what was seen. A file of checks ends with main().
"""

import json
import os
import sys
import threading
import time
import traceback

from jupyter_client.manager import start_new_kernel

LIMIT = 60
CHECKS = []


def check(sentence):
    def register(function):
        CHECKS.append((sentence, function))
        return function

    return register


class Kernel:
    def __init__(self, environment=None, name="seminar-java"):
        self.manager, self.client = start_new_kernel(
            kernel_name=name,
            startup_timeout=120,
            env={**os.environ, **(environment or {})},
        )

    def run(self, code, stop_after=None):
        """Executes a cell: its reply and the messages it published, without states."""
        messages = []

        def keep(message):
            if message["msg_type"] not in ("status", "execute_input"):
                messages.append((message["msg_type"], message["content"]))

        timer = None
        if stop_after is not None:
            timer = threading.Timer(stop_after, self.manager.interrupt_kernel)
            timer.start()
        reply = self.client.execute_interactive(
            code, allow_stdin=False, output_hook=keep, timeout=LIMIT
        )
        if timer is not None:
            timer.join()
        return reply["content"], messages

    def value(self, code):
        """The data of the result of a cell."""
        reply, messages = self.run(code)
        results = [content["data"] for kind, content in messages if kind == "execute_result"]
        assert reply["status"] == "ok" and len(results) == 1, (reply, messages)
        return results[0]

    def text(self, code):
        return self.value(code)["text/plain"]

    def error(self, code, **options):
        """The report of a cell that fails; the message and the reply must agree."""
        reply, messages = self.run(code, **options)
        errors = [content for kind, content in messages if kind == "error"]
        assert reply["status"] == "error" and len(errors) == 1, (reply, messages)
        assert errors[0]["traceback"] == reply["traceback"], (errors, reply)
        return reply["ename"], reply["evalue"], "\n".join(reply["traceback"])

    def ask(self, method, *arguments):
        message = getattr(self.client, method)(*arguments)
        content = self.client._recv_reply(message, timeout=LIMIT)["content"]
        assert content.get("status") != "error", content
        return content

    def replies(self, requests):
        """Sends all of them at once, each a cell and its options; their replies in this order."""
        sent = [self.client.execute(code, **options) for code, options in requests]
        replies = [self.client._recv_reply(message, timeout=LIMIT)["content"] for message in sent]
        self.published(sent[-1])
        return replies

    def published(self, request):
        """What is on the channel of publications up to the end of a request."""
        messages = []
        while True:
            message = self.client.get_iopub_msg(timeout=LIMIT)
            messages.append((message["msg_type"], message["content"]))
            idle = message["content"].get("execution_state") == "idle"
            if idle and message["parent_header"]["msg_id"] == request:
                return messages

    def inspect(self, code):
        content = self.ask("inspect", code, len(code))
        return content.get("data", {}).get("text/plain", "")

    def matches(self, code):
        content = self.ask("complete", code, len(code))
        return [code[: content["cursor_start"]] + match for match in content["matches"]]


def equal(seen, expected):
    assert seen == expected, f"expected {expected!r}, saw {seen!r}"


def contains(text, *parts):
    for part in parts:
        assert part in text, f"expected {part!r} in {text!r}"


def main(environment=None, name="seminar-java"):
    """Runs the checks that were registered, in one kernel with these variables besides."""
    kernel = None
    try:
        kernel = Kernel(environment, name)
        run_all(kernel)
    except BaseException:
        traceback.print_exc()
    finally:
        if kernel is not None and kernel.manager.is_alive():
            kernel.manager.shutdown_kernel(now=True)
        # The client's threads would keep a failed run alive.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def run_all(kernel):
    for sentence, function in CHECKS:
        result = {"name": sentence}
        try:
            function(kernel)
        except BaseException:  # a check that fails must not end the others
            result["failure"] = traceback.format_exc()
        print(json.dumps(result), flush=True)
