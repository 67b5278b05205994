// What the page asks of the server.

const BYTES = "application/octet-stream";

async function send(path, body, kind = "application/json") {
  const options = body === undefined ? {} : { method: "POST", headers: { "Content-Type": kind }, body: kind === BYTES ? body : JSON.stringify(body) };
  const response = await fetch(path, options).catch(() => { throw new Error("The server does not answer. Is it still running?"); });
  if (response.ok) return response;
  const answer = await response.json().catch(() => ({}));
  const error = new Error(answer.error ? answer.error.message : `The server answered ${response.status}.`);
  error.status = response.status;
  throw error;
}

const ask = async (...given) => (await send(...given)).json();

export const findQuotes = (article) => ask("/review/find", article);
export const renderArticle = (article) => ask("/review/view", article);
export const saveArticle = (article) => ask("/review/save", article);
export const listArticles = async () => (await ask("/review/articles")).articles;
export const getArticle = (digest) => ask(`/review/articles/${digest}`);
export const openFile = (file) => ask(`/review/open?name=${encodeURIComponent(file.name)}`, file, BYTES);
export const exportArticle = async (article, form) => (await send(`/review/export?format=${form}`, article)).blob();
