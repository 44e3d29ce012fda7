#!/usr/bin/env python3
"""Import, refresh and reparse over loopback, as ratios to other programs in the same run.

    benches/loopback.py [--pages 2000] [--many 10000] [--memory 20000] [--profile release]

Installs Scrapy into a virtual environment of its own (target/scrapy), builds recap and the helpers, and prints a table:
CPU seconds (user and system, of the whole process), wall seconds, peak memory. Needs python3 with venv.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "target"
SCRAPY = TARGET / "scrapy"
BUILT = TARGET / "release"

SPIDER = '''
import scrapy


class Pages(scrapy.Spider):
    name = "pages"
    custom_settings = {"ROBOTSTXT_OBEY": False, "CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
                       "DOWNLOAD_DELAY": 0, "TELNETCONSOLE_ENABLED": False, "LOG_LEVEL": "ERROR"}

    async def start(self):
        for n in range(int(self.count)):
            yield scrapy.Request(f"{self.root}/p/{n}")

    def parse(self, response):
        yield {"url": response.url, "title": response.css("title::text").get(),
               "headings": response.css("h1, h2, h3").xpath("string()").getall(),
               "links": response.css("article a::attr(href)").getall(),
               "text": response.css("article").xpath("string()").get()}
'''


def run(name, command, **options):
    """Runs a command; its CPU seconds, wall seconds and peak memory in MB."""
    begun = time.monotonic()
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begun
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        sys.exit(f"{name}: exit code {os.waitstatus_to_exitcode(status)}")
    cpu = usage.ru_utime + usage.ru_stime
    print(f"{name:<34} {cpu:>8.2f} s CPU {wall:>8.2f} s {usage.ru_maxrss / 1024:>7.0f} MB", flush=True)
    return cpu, wall, usage.ru_maxrss / 1024


def verdict(name, value, least=None, most=None):
    bound = f"at least {least}" if least else f"at most {most}"
    missed = value < least if least else value > most
    print(f"  {name}: {value:.2f} ({bound}){'  MISSED' if missed else ''}", flush=True)


def program(name):
    return BUILT / name


def serve(count, folder=None):
    command = [program("examples/serve"), str(count)] + ([folder] if folder else [])
    server = subprocess.Popen([str(c) for c in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return server, server.stdout.readline().strip()


def polite(arguments):
    return arguments + ["--allow-private", "--ignore-robots", "--delay", "0", "--concurrency", "16", "--per-host", "16", "--quiet"]


def urls(path, root, count):
    path.write_text("".join(f"{root}/p/{n}\n" for n in range(count)))
    return path


def prepare(profile):
    cargo = ["cargo", "build", "--profile", profile, "--quiet"]
    subprocess.run(cargo, cwd=ROOT, check=True)
    subprocess.run(cargo + ["-p", "recap-bench", "--examples"], cwd=ROOT, check=True)
    if not (SCRAPY / "bin/scrapy").exists():
        subprocess.run([sys.executable, "-m", "venv", SCRAPY], check=True)
        subprocess.run([SCRAPY / "bin/pip", "install", "--quiet", "scrapy>=2.13,<3"], check=True)


def imports(work, pages):
    server, root = serve(pages, work / "files")
    (work / "spider.py").write_text(SPIDER)
    listed = urls(work / "urls.txt", root, pages)
    _, scrapy, _ = run("Scrapy", [SCRAPY / "bin/scrapy", "runspider", work / "spider.py", "-a", f"root={root}", "-a",
                                 f"count={pages}", "-O", work / "items.jsonl"], stderr=subprocess.DEVNULL)
    download, _, _ = run("bare downloads", [program("examples/download"), root, pages])
    extract, _, _ = run("recap extract", [program("recap"), "extract", "--quiet", work / "files"])
    cpu, wall, memory = run("recap import", polite([program("recap"), "import", "--workspace", work / "a", "--from", listed]))
    reparse, _, _ = run("recap reparse (nothing new)", [program("recap"), "reparse", "--quiet", "--workspace", work / "a"])
    verdict("import, times as fast as Scrapy", scrapy / wall, least=4)
    verdict("CPU of import to extract and downloads", cpu / (extract + download), most=1.4)
    verdict("CPU of reparse to extract", reparse / extract, most=1.2)
    server.stdin.close()
    return memory


def refresh(work, pages):
    server, root = serve(pages)
    listed = urls(work / "many.txt", root, pages)
    run("recap import", polite([program("recap"), "import", "--workspace", work / "b", "--from", listed]))
    bare, _, _ = run("bare conditional requests", [program("examples/download"), root, pages, "conditional"])
    cpu, _, _ = run("recap refresh, nothing changed", polite([program("recap"), "refresh", "--all", "--workspace", work / "b"]))
    verdict("CPU of refresh to bare requests", cpu / bare, most=1.5)
    server.stdin.close()


def memory(work, few, pages):
    server, root = serve(pages)
    _, _, peak = run("recap import", polite([program("recap"), "import", "--workspace", work / "c", "--from", urls(work / "c.txt", root, pages)]))
    verdict(f"peak memory of {pages} to that of fewer pages", peak / few, most=1.3)
    verdict("peak memory, MB", peak, most=300)
    server.stdin.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--many", type=int, default=0, help="pages of the refresh; 0: left out")
    parser.add_argument("--memory", type=int, default=0, help="pages of the import whose memory is compared; 0: left out")
    parser.add_argument("--profile", default="release", help="of cargo; quick: built sooner, runs slower")
    options = parser.parse_args()
    global BUILT
    BUILT = TARGET / options.profile
    prepare(options.profile)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        few = imports(work, options.pages)
        if options.many:
            refresh(work, options.many)
        if options.memory:
            memory(work, few, options.memory)


if __name__ == "__main__":
    main()
