import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** The token that the fake accepts. */
export const forgeToken = "forge-token-71c0de";

/** The number of the pull or merge request of the fake. */
export const requestNumber = 7;

/** An issue of the fake, or a pull request, which GitHub lists among the issues. */
export interface FakeIssue {
  title: string;
  body: string;
  open: boolean;
  /** Whether the workflows wrote it, and not a person. */
  readonly own: boolean;
  readonly pullRequest?: boolean;
  readonly comments: string[];
}

/** A comment under the pull or merge request. */
export interface FakeComment {
  body: string;
  readonly own: boolean;
}

type Body = Partial<Record<string, string>>;
interface Answer {
  readonly status: number;
  readonly json: unknown;
}
type Route = [
  method: string,
  path: RegExp,
  answer: (body: Body, match: string[], query: URLSearchParams) => Answer,
];

const ok = (json: unknown): Answer => ({ status: 200, json });
const created = (json: unknown): Answer => ({ status: 201, json });
const notFound: Answer = { status: 404, json: { message: "Not Found" } };
const longestBody = 65_536;

/**
 * The part of GitHub's and of GitLab's REST API that the workflows use, as their documents describe it, over one store of
 * issues and comments. Lists are given in pages; texts that GitHub refuses are refused.
 */
export class FakeForge {
  /** Each change that was asked for, `POST /repos/owner/name/issues`. */
  readonly changes: string[] = [];
  readonly issues: FakeIssue[] = [];
  readonly comments: FakeComment[] = [];
  /** Set to have everything refused, as a token without rights is. */
  refuses = false;
  readonly #server: Server;
  readonly #kind: "github" | "gitlab";

  private constructor(kind: "github" | "gitlab") {
    this.#kind = kind;
    this.#server = createServer((request, response) => {
      void textOf(request).then((text) => {
        const { status, json } = this.#answer(request, text);
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(json));
      });
    });
  }

  /** Starts it on the loopback interface. Stop it in an `after` hook. */
  static async start(kind: "github" | "gitlab"): Promise<FakeForge> {
    const forge = new FakeForge(kind);
    await new Promise<void>((resolve) => forge.#server.listen(0, "127.0.0.1", resolve));
    return forge;
  }

  /** The address of its API. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api`;
  }

  /** What the platform itself sets in the environment of a job. */
  get environment(): Record<string, string> {
    return this.#kind === "github"
      ? {
          GITHUB_ACTIONS: "true",
          GITHUB_API_URL: this.url,
          GITHUB_SERVER_URL: "https://github.example",
          GITHUB_REPOSITORY: "owner/name",
          GITHUB_RUN_ID: "1001",
          GITHUB_SHA: "a".repeat(40),
        }
      : {
          GITLAB_CI: "true",
          CI_API_V4_URL: this.url,
          CI_PROJECT_ID: "42",
          CI_MERGE_REQUEST_IID: String(requestNumber),
          CI_COMMIT_SHA: "b".repeat(40),
          CI_JOB_URL: "https://gitlab.example/owner/name/-/jobs/1001",
        };
  }

  /** Ends it. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, text: string): Answer {
    const method = request.method ?? "";
    const url = new URL(request.url ?? "", this.url);
    const path = url.pathname.replace("/api", "");
    const given = request.headers.authorization ?? request.headers["private-token"];
    const wanted = this.#kind === "github" ? `Bearer ${forgeToken}` : forgeToken;
    if (given !== wanted) return { status: 401, json: { message: "Bad credentials" } };
    if (this.refuses) return { status: 403, json: { message: "Resource not accessible" } };
    if (method !== "GET") this.changes.push(`${method} ${path}`);
    const body = text === "" ? {} : (JSON.parse(text) as Body);
    if ((body["body"] ?? "").length > longestBody) {
      return { status: 422, json: { message: "body is too long (maximum is 65536 characters)" } };
    }
    for (const [wantedMethod, pattern, answer] of this.#routes()) {
      const match = pattern.exec(path);
      if (method !== wantedMethod || match === null) continue;
      const { status, json } = answer(body, [...match], url.searchParams);
      return { status, json: Array.isArray(json) ? pageOf(json, url.searchParams) : json };
    }
    return notFound;
  }

  #routes(): Route[] {
    return this.#kind === "github" ? this.#githubRoutes() : this.#gitlabRoutes();
  }

  #githubRoutes(): Route[] {
    const user = (own: boolean): object => ({ type: own ? "Bot" : "User" });
    const comments = `/issues/${requestNumber}/comments`;
    const route = (method: string, path: string, answer: Route[2]): Route => [
      method,
      new RegExp(`^/repos/owner/name${path}$`),
      answer,
    ];
    return [
      route("GET", comments, () =>
        ok(this.comments.map(({ body, own }, id) => ({ id, body, user: user(own) }))),
      ),
      route("POST", comments, ({ body = "" }) => created(this.#addComment(body))),
      route("PATCH", "/issues/comments/(\\d+)", ({ body }, [, id]) =>
        change(this.comments[Number(id)], { body }),
      ),
      route("GET", "/issues", (_body, _match, query) =>
        ok(
          this.issues
            .map(({ title, body, open, own, pullRequest }, index) => ({
              ...{ number: index + 1, id: 5000 + index, title, body, user: user(own) },
              state: open ? "open" : "closed",
              ...(pullRequest === true ? { pull_request: {} } : {}),
            }))
            .filter(({ state }) => ["all", state].includes(query.get("state") ?? "open")),
        ),
      ),
      route("POST", "/issues", ({ title = "", body = "" }) => created(this.#addIssue(title, body))),
      route("PATCH", "/issues/(\\d+)", ({ title, body, state }, [, number]) =>
        change(this.issues[Number(number) - 1], {
          ...{ title, body, open: state === undefined ? undefined : state === "open" },
        }),
      ),
      route("POST", "/issues/(\\d+)/comments", ({ body = "" }, [, number]) =>
        addTo(this.issues[Number(number) - 1], body),
      ),
    ];
  }

  #gitlabRoutes(): Route[] {
    const author = (own: boolean): object => ({ id: own ? 99 : 1 });
    const notes = `/merge_requests/${requestNumber}/notes`;
    const route = (method: string, path: string, answer: Route[2]): Route => [
      method,
      new RegExp(`^/projects/42${path}$`),
      answer,
    ];
    return [
      ["GET", /^\/user$/, () => ok({ id: 99 })],
      route("GET", notes, () =>
        ok(this.comments.map(({ body, own }, id) => ({ id, body, author: author(own) }))),
      ),
      route("POST", notes, ({ body = "" }) => created(this.#addComment(body))),
      route("PUT", `${notes}/(\\d+)`, ({ body }, [, id]) =>
        change(this.comments[Number(id)], { body }),
      ),
      route("GET", "/issues", (_body, _match, query) =>
        ok(
          this.issues
            .map(({ title, body, open, own }, index) => ({
              ...{ iid: index + 1, id: 5000 + index, title, description: body },
              ...{ author: author(own), state: open ? "opened" : "closed" },
            }))
            .filter(({ state }) => ["all", state].includes(query.get("state") ?? "all")),
        ),
      ),
      route("POST", "/issues", ({ title = "", description = "" }) =>
        created(this.#addIssue(title, description)),
      ),
      route("PUT", "/issues/(\\d+)", ({ title, description, state_event: event }, [, iid]) =>
        change(this.issues[Number(iid) - 1], {
          ...{
            title,
            body: description,
            open: event === undefined ? undefined : event !== "close",
          },
        }),
      ),
      route("POST", "/issues/(\\d+)/notes", ({ body = "" }, [, iid]) =>
        addTo(this.issues[Number(iid) - 1], body),
      ),
    ];
  }

  #addComment(body: string): object {
    this.comments.push({ body, own: true });
    return { id: this.comments.length - 1 };
  }

  #addIssue(title: string, body: string): object {
    this.issues.push({ title, body, open: true, own: true, comments: [] });
    return { number: this.issues.length };
  }
}

function change(target: object | undefined, values: Readonly<Record<string, unknown>>): Answer {
  if (target === undefined) return notFound;
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return ok(Object.assign(target, Object.fromEntries(given)));
}

function addTo(issue: FakeIssue | undefined, comment: string): Answer {
  if (issue === undefined) return notFound;
  issue.comments.push(comment);
  return created({});
}

function pageOf(entries: readonly unknown[], query: URLSearchParams): unknown[] {
  const size = Number(query.get("per_page") ?? 20);
  const start = (Number(query.get("page") ?? 1) - 1) * size;
  return entries.slice(start, start + size);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
