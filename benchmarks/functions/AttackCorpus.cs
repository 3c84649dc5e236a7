namespace ChatPlatform.Benchmarks.Functions;

/// <summary>Malicious scripts, one of each kind; the tests of functions have many more.</summary>
internal static class AttackCorpus
{
    public static readonly string[] Bodies =
    [
        "while (true);",
        "for (;;) await null;",
        "const again = () => process.nextTick(again); again(); await new Promise(() => {});",
        "/^(a+)+$/.test('a'.repeat(50) + '!');",
        "const all = []; for (;;) all.push(new Array(100000).fill(1.5));",
        "const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 'x'));",
        "const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 }); "
            + "for (;;) { memory.grow(64); new Uint8Array(memory.buffer).fill(1); }",
        "for (;;) require('child_process').spawn(process.execPath, ['-e', 'for (;;);']);",
        "for (;;) new (require('worker_threads').Worker)('for (;;);', { eval: true });",
        "const text = 'x'.repeat(1 << 20); for (;;) process.stdout.write(text);",
        "for (;;) console.log('x'.repeat(1000));",
        "return 'x'.repeat(1 << 20);",
        "for (;;) context.ChatKitty.Users.listUsers();",
        "for (;;) context.ChatKitty.Users.listUsers().catch(() => {}), await new Promise((done) => setTimeout(done, 0));",
        "return require('fs').readFileSync('/etc/passwd', 'utf8');",
        "return require('fs').readFileSync(`/proc/${process.ppid}/environ`, 'utf8');",
        "return require('net').connect(5432, '127.0.0.1');",
        "process.kill(1, 9);",
        "return process.binding('spawn_sync');",
        "require('fs').writeSync(1, Buffer.from([0x7f, 0xff, 0xff, 0xff])); await new Promise(() => {});",
    ];
}
