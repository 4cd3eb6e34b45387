import { EnvHttpProxyAgent, fetch } from "undici";
import { UserError } from "../run";

/** How many entries a page has at most, on GitHub and on GitLab. */
const pageSize = 100;
const longestAnswerMilliseconds = 30_000;

/** An HTTP API of JSON, as GitHub and GitLab have it. Uses the proxy that the environment names. */
export class Api {
  readonly #root: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #advice: string;
  #dispatcher: EnvHttpProxyAgent | undefined;

  /**
   * @param root the address in front of each path
   * @param headers what is sent with each request, the token among it
   * @param advice what a user is to do when a request is refused
   */
  constructor(root: string, headers: Readonly<Record<string, string>>, advice: string) {
    this.#root = root.replace(/\/+$/, "");
    this.#headers = headers;
    this.#advice = advice;
  }

  /**
   * Asks for or changes something; a body is sent as JSON.
   *
   * @throws UserError when there is no answer or a refusal
   */
  async request(
    method: "GET" | "POST" | "PATCH" | "PUT",
    path: string,
    body?: object,
  ): Promise<unknown> {
    const address = `${this.#root}${path}`;
    try {
      this.#dispatcher ??= proxyAgent();
      const response = await fetch(address, {
        method,
        headers: {
          accept: "application/json",
          "content-type": "application/json",
          "user-agent": "deckhouse-vsphere",
          ...this.#headers,
        },
        body: body === undefined ? null : JSON.stringify(body),
        dispatcher: this.#dispatcher,
        signal: AbortSignal.timeout(longestAnswerMilliseconds),
      });
      const text = await response.text();
      if (response.ok) return JSON.parse(text) as unknown;
      throw this.#refused(method, address, `${response.status} ${text.slice(0, 300)}`);
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw this.#refused(method, address, reasonOf(error));
    }
  }

  /** The entries of a list that the API gives in pages, each page asked for when it is needed. */
  async *list<Entry>(path: string): AsyncGenerator<Entry> {
    const separator = path.includes("?") ? "&" : "?";
    for (let page = 1; ; page += 1) {
      const query = `${separator}per_page=${pageSize}&page=${page}`;
      const entries = await this.request("GET", `${path}${query}`);
      if (!Array.isArray(entries)) {
        throw this.#refused("GET", `${this.#root}${path}${query}`, "an answer that is not a list");
      }
      yield* entries as Entry[];
      if (entries.length < pageSize) return;
    }
  }

  #refused(method: string, address: string, answer: string): UserError {
    return new UserError(
      `${method} ${address}: found ${answer}: the pipeline's report could not be written: ${this.#advice}`,
    );
  }
}

/** @throws Error that names the variables, for an address that is not one of a proxy */
function proxyAgent(): EnvHttpProxyAgent {
  try {
    return new EnvHttpProxyAgent();
  } catch (error) {
    throw new Error(
      `no usable proxy in HTTPS_PROXY or HTTP_PROXY (${reasonOf(error)}); write it like http://proxy.example.com:3128`,
    );
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? cause.message : error.message;
}
