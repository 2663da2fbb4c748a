"use strict";
// Without this the page works too: forms come back to it, and a link refreshes it.
const take = async (answer) => {
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  if (fresh) document.querySelector("main").replaceWith(document.adoptNode(fresh));
};
const isBusy = () =>
  document.hidden || document.querySelector("main details[open], main .wrong") ||
  document.activeElement?.matches("main input, main select") ||
  [...document.querySelectorAll("main input:not([type=hidden])")].some((field) => field.value);
addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const body = new URLSearchParams(new FormData(form));
  await take(await fetch(form.getAttribute("action"), { method: "POST", body, headers: { accept: "text/html" } }));
});
setInterval(async () => {
  if (isBusy()) return;
  const answer = await fetch(location.href).catch(() => null);
  if (answer && !isBusy()) await take(answer);
}, 2000);
