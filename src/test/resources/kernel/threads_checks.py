"""Checks that what threads and tasks of cells die of is shown."""

from protocol import check, contains, equal, main



def told(k, code):
    """What a cell says on standard error; it must succeed."""
    reply, messages = k.run(code + "\nThread.sleep(300);")
    equal(reply["status"], "ok")
    return "".join(
        content["text"]
        for kind, content in messages
        if kind == "stream" and content["name"] == "stderr"
    )


def clean(text):
    for foreign in ("REPL", "$JShell$", "seminar.kernel", "jdk.jshell", "Thread.run"):
        assert foreign not in text, text


@check("a thread that throws is shown with the cell's line")
def _(k):
    k.run("record Box(String s) {}")
    text = told(
        k,
        "Box box = null;\n"
        "new Thread(() -> {\n"
        '  if (box == null) throw new IllegalStateException("boom", new RuntimeException("why"));\n'
        '}, "worker").start();',
    )
    equal(text.splitlines()[0], "Exception in thread worker: java.lang.IllegalStateException: boom")
    contains(text, "] line 3: if (box == null) throw", "Caused by: java.lang.RuntimeException: why")
    clean(text)
    text = told(k, "new Thread(() -> box.s().length()).start();")
    contains(text, 'Cannot invoke "Box.s()" because "box" is null', "line 1: new Thread(")
    clean(text)


@check("a type of a cell that a thread throws has its own name")
def _(k):
    k.run("class Mine extends RuntimeException { Mine(String m) { super(m); } }")
    text = told(k, 'Thread.startVirtualThread(() -> { throw new Mine("virtual"); });')
    contains(text, "Exception in a thread: Mine: virtual", "line 1: Thread.startVirtualThread")
    clean(text)


@check("a pool's thread that throws is shown")
def _(k):
    text = told(
        k,
        "var pool = Executors.newFixedThreadPool(1);\n"
        'pool.execute(() -> { throw new Mine("executed"); });',
    )
    contains(text, "Mine: executed", "line 2: pool.execute")
    clean(text)


@check("a timer's task that throws is shown")
def _(k):
    text = told(
        k,
        "new Timer().schedule(new TimerTask() {\n"
        '  public void run() { throw new Mine("timed"); } }, 10);',
    )
    contains(text, "thread Timer-0: Mine: timed", "line 2: public void run()")
    clean(text)


@check("a task whose result is thrown away is shown when it fails")
def _(k):
    text = told(k, 'for (int i = 0; i < 5; i++) pool.submit(() -> { throw new Mine("submitted"); });')
    contains(text, "Exception in a task: Mine: submitted", "line 1: for (int i", "(2 more tasks failed)")
    clean(text)
    text = told(k, 'CompletableFuture.runAsync(() -> { throw new Mine("async"); });')
    contains(text, "Exception in a task: Mine: async")
    clean(text)
    text = told(
        k,
        "var ticks = Executors.newScheduledThreadPool(1);\n{\n"
        '  ticks.scheduleAtFixedRate(() -> { throw new Mine("tick"); }, 0, 10, TimeUnit.MILLISECONDS);\n}',
    )
    contains(text, "Exception in a task: Mine: tick", "line 3: ticks.scheduleAtFixedRate")
    clean(text)


@check("a task whose result has a name keeps its exception for who asks")
def _(k):
    equal(told(k, 'var asked = pool.submit(() -> { throw new Mine("asked"); });'), "")
    contains(k.error("asked.get()")[2], "Caused by: Mine: asked")


@check("a thread that dies later is shown below the cell that ran last")
def _(k):
    equal(told(k, 'new Thread(() -> { try { Thread.sleep(900); } catch (InterruptedException e) {}\n throw new Mine("late"); }).start();'), "")
    text = told(k, "Thread.sleep(2500);")
    contains(text, "Mine: late", 'line 2: throw new Mine("late")')


@check("a thread that is stopped says nothing")
def _(k):
    reply, messages = k.run(
        "Thread spin = new Thread(() -> { while (true) {} });\nspin.start();\nspin.join();", stop_after=0.7
    )
    equal(reply["ename"], "Interrupted")
    equal([kind for kind, _ in messages], ["error"])


main()
