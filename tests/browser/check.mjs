// See `run` beside this file.
import { spawn, execFileSync } from "node:child_process";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { extname, join } from "node:path";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const [recap, work] = process.argv.slice(2);
const workspace = join(work, "ws");
const axe = readFileSync(join(work, "node_modules/axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const server = spawn(recap, ["serve", "--workspace", workspace, "--listen", "127.0.0.1:0", "--allow-edit"], { stdio: ["ignore", "pipe", "inherit"] });
const base = await new Promise((resolve) => createInterface(server.stdout).once("line", resolve));
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

// Whatever a page complains of is a failure: a script that was stopped, a file that is missing, another host.
const complaints = [];
const open = async (options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && complaints.push(`${page.url()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => new URL(request.url()).hostname === "127.0.0.1" || complaints.push(`asks ${request.url()}`));
  return page;
};

try {
  const page = await open();
  for (let tries = 0; (await page.goto(base)).status() === 503; tries++) {
    assert.ok(tries < 100, "the library is not made");
    complaints.length = 0;
    await page.waitForTimeout(100);
  }
  const total = (await (await fetch(`${base}api/v1/events`)).json()).total;
  assert.ok(total >= 200, `${total} recaps`);

  // Search as one types, two characters of Japanese.
  await page.goto(`${base}search.html`);
  await page.locator("#q").pressSequentially("所有", { delay: 20 });
  await page.locator("#results .hits li").first().waitFor();
  assert.match(await page.locator("#results .hits").innerText(), /所有権を絵で理解する/);
  await page.selectOption("select[name=kind]", "talk");
  await page.waitForFunction(() => [...document.querySelectorAll("#results .kind")].every((kind) => kind.textContent === "Talk"));

  // From a result to the talk, its event, and the quote of a value.
  await page.locator("#results .hits a").first().click();
  await page.locator(".crumb a").first().click();
  await page.locator("dl.facts a.why").first().click();
  await page.locator("dialog[open] mark").first().waitFor();
  await page.keyboard.press("Escape");

  // A correction, seen at once and still there after everything was made again.
  const event = page.url();
  await page.locator("h1 a.why").click();
  const form = page.locator("dialog[open] details.edit").first();
  await form.locator("summary").click();
  await form.locator("input[name=value]").fill("狸の夜・訂正版");
  await form.locator("button[value=set]").click();
  await page.waitForURL(/evidence/);
  execFileSync(recap, ["-q", "reparse", "--workspace", workspace]);
  await page.goto(event);
  assert.match(await page.locator("h1").innerText(), /狸の夜・訂正版/);

  // The main pages at two widths, light and dark.
  const pages = ["", "years.html", "series.html", "people.html", "tags.html", "review.html", "search.html?q=rust",
    new URL(event).pathname.slice(1), new URL(event).pathname.slice(1).replace("events/", "evidence/")];
  for (const [name, width, colorScheme] of [["wide", 1200, "light"], ["phone", 390, "dark"]]) {
    // The policy of the pages would keep axe out, too.
    const reader = await open({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    for (const [number, path] of pages.entries()) {
      await reader.goto(base + path);
      await reader.evaluate(axe);
      const { violations } = await reader.evaluate((rules) => globalThis.axe.run(document, { runOnly: rules }), RULES);
      assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes[0].html}`), [], `${path} ${name}`);
      assert.equal(await reader.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${path} scrolls sideways, ${name}`);
      await reader.screenshot({ path: join(work, `${number}-${path.replace(/[^a-z]+/gi, "-").slice(0, 30) || "home"}-${name}.png`) });
    }
  }

  // Without script: the form leads to results.
  const plain = await open({ javaScriptEnabled: false });
  await plain.goto(base);
  await plain.locator("input[name=q]").fill("狸山");
  await plain.locator("form.find button").click();
  assert.match(await plain.locator("#results").innerText(), /狸山 太郎/);

  // Static pages search by their own files, and by Pagefind's.
  const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml" };
  const files = createServer((request, response) => {
    const path = join(work, decodeURIComponent(new URL(request.url, "http://x").pathname));
    if (!existsSync(path) || statSync(path).isDirectory()) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": types[extname(path)] ?? "application/octet-stream" });
    createReadStream(path).pipe(response);
  });
  await new Promise((resolve) => files.listen(0, "127.0.0.1", resolve));
  const PATH = `${join(process.cwd(), work, "node_modules/.bin")}:${process.env.PATH}`;
  for (const search of ["own", "pagefind"]) {
    const folder = `site-${search}`;
    execFileSync(recap, ["-q", "site", "--workspace", workspace, "--language", "ja", "--search", search, "--out", join(work, folder)], { env: { ...process.env, PATH } });
    const still = await open();
    await still.goto(`http://127.0.0.1:${files.address().port}/${folder}/search.html`);
    await still.locator("#q").pressSequentially(search === "own" ? "所有" : "所有権", { delay: 20 });
    await still.locator("#results .hits li").first().waitFor();
    await still.waitForFunction(() => document.querySelector("#results .hits")?.innerText.includes("所有権を絵で理解する"));
    await still.locator("#q").fill("狸");
    if (search === "own") await still.waitForFunction(() => document.querySelector("#results .hits")?.innerText.includes("狸山 太郎"));
    await still.locator("#q").fill("所有権");
    await still.selectOption("select[name=kind]", "talk");
    await still.waitForFunction(() => {
      const kinds = [...document.querySelectorAll("#results .kind")];
      return kinds.length > 0 && kinds.every((kind) => kind.textContent === "発表");
    });
    assert.match(await still.locator("#results .hits a").first().innerText(), /^所有権を絵で理解する \d+$/);
    const link = await still.locator("#results .hits a").first().getAttribute("href");
    assert.equal((await still.goto(new URL(link, still.url()).href)).status(), 200);
  }
  files.close();

  assert.deepEqual(complaints, []);
  console.log(`browser: ${total} recaps, ${pages.length} pages at two widths without violations`);
} finally {
  await browser.close();
  server.kill();
}
