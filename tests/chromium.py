"""Headless Chromium for tests: a page is opened in it and driven; what happens is taken down."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from watchpress.tools import ace

PATIENCE = 120  # seconds, on a busy machine
# The page is served by nobody: all that it asks for, but for itself, is taken down and refused.
SCRIPT = """
const puppeteer = require("puppeteer-core");
const [browser, url, axe] = process.argv.slice(2);
const said = [], asked = [];
(async () => {
  const chromium = await puppeteer.launch({
    executablePath: browser, headless: true, args: ["--no-sandbox"],
  });
  const page = await chromium.newPage();
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  page.on("dialog", (dialog) => { said.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const aim = request.url();
    if (aim.startsWith(url) || aim.startsWith("data:")) return request.continue();
    asked.push(aim);
    request.abort();
  });
  const open = async (width, hash = "", media = []) => {
    await page.setViewport({ width, height: 900, isMobile: width < 500, hasTouch: width < 500 });
    await page.emulateMediaFeatures(media);
    await page.goto("about:blank");
    await page.goto(url + hash);
  };
  const violations = async () => {
    await page.evaluate(require("fs").readFileSync(axe, "utf8") + ";0");
    const found = await page.evaluate(() => axe.run());
    return found.violations.map((one) => `${one.id}: ${one.nodes[0].html}`);
  };
  const told = await (async () => { /* STEPS */ })();
  await chromium.close();
  console.log(JSON.stringify({ told, said, asked }));
})().catch((error) => { console.error(error); process.exit(1); });
"""


def drive(html: str, steps: str) -> dict[str, Any]:
    """Return what `steps` (JavaScript, with `page`, `open` and `violations`) tell of a page.

    `said`: what its console had to say; `asked`: what it wanted of the network. Skips the test
    where Ace, whose driver and axe-core these are, cannot be run: `make test` says so.
    """
    if missing := ace.lacking():
        pytest.skip(f"no page in Chromium: {', '.join(missing)} not installed (see doctor, X105)")
    modules = ace.folder() / "node_modules"
    with TemporaryDirectory() as folder:
        page, script = Path(folder, "page.html"), Path(folder, "steps.js")
        page.write_text(html, "utf-8")
        script.write_text(SCRIPT.replace("/* STEPS */", steps), "utf-8")
        axe = modules / "@daisy" / "axe-core-for-ace" / "axe.min.js"
        done = subprocess.run(
            [str(ace.node()), str(script), str(ace.browser()), page.as_uri(), str(axe)],
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env={"NODE_PATH": str(modules), "HOME": folder, "PATH": "/usr/bin:/bin"},
        )
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        return told
