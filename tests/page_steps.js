/* What a person does on the page for editors, by keyboard; tests/test_page.py says what is to be seen. */
const shown = () => page.$$eval("article.finding:not([hidden])", (all) => all.map((one) => one.id));
const state = () => page.evaluate(() => location.hash);
const status = () => page.$eval(".status", (one) => one.textContent);
const tabTo = async (id) => {
  for (let k = 0; k < 60; k++) {
    const there = (id) => [document.activeElement.id, document.activeElement.className].includes(id);
    if (await page.evaluate(there, id)) return true;
    await page.keyboard.press("Tab");
  }
  return false;
};
const out = {};
await open(1280);
await page.keyboard.press("Tab");
out.skip = await page.evaluate(() => document.activeElement.className);
out.start = [(await shown()).length, await status()];
out.reached = await tabTo("s-error");
await page.keyboard.press("Space");
out.box = [(await shown()).length, await state(), await status()];
await page.keyboard.press("Space");
out.again = [(await shown()).length, await state()];
await tabTo("s-language");
await page.keyboard.press("ArrowDown");
await page.keyboard.press("ArrowDown");
out.select = [(await shown()).length, await state(), await status()];
out.counts = await page.$eval("nav", (one) => one.innerText.replace(/\s+/g, " "));
out.sheets = await page.$$eval("article.sheet:not([hidden])", (all) => all.length);
await open(1280, "#severity=error&code=N101&report=41");
out.kept = [(await shown()).length, await status()];
await page.click("nav li:not([hidden]) a");
out.link = [await state(), await page.evaluate(() => document.activeElement.id)];
await open(1280, "#severity=");
out.odd = [(await shown()).length, await page.$eval(".unmatched", (one) => one.hidden)];
await tabTo("s-error");
await tabTo("reset");
await page.keyboard.press("Enter");
out.reset = [(await shown()).length, await state()];
out.slid = await tabTo("c1-r");
const clip = () => page.$eval("#c1 .before", (one) => getComputedStyle(one).clipPath);
const before = await clip();
await page.keyboard.press("Home");
const words = await page.$eval("#c1-r", (one) => one.getAttribute("aria-valuetext"));
out.slider = [before, await clip(), words];
out.violations = [];
for (const [width, scheme] of [[1280, "light"], [1280, "dark"], [390, "light"]]) {
  await open(width, "", [{ name: "prefers-color-scheme", value: scheme }]);
  if (width === 390) await page.click(".toggle");
  await page.$$eval("details", (all) => all.forEach((one) => { one.open = true; }));
  out.violations.push(...await violations());
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  if (wide) out.violations.push(`wider than ${width}`);
}
const targets = "button, select, form label:has(input), a:not(.skip), summary, input[type=range]";
out.small = await page.$$eval(targets, (all) => all
  .filter((one) => one.getClientRects().length && one.getBoundingClientRect().height < 43.9)
  .map((one) => one.outerHTML.slice(0, 80)));
await page.setJavaScriptEnabled(false);
await open(1280, "#code=N101");
const seen = (what) => page.$$eval(what, (all) => all
  .filter((one) => one.getClientRects().length).length);
out.plain = [await seen("article"), await seen("form, .slider")];
return out;
