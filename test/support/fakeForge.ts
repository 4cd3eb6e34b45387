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
  /** Whether the pipelines wrote it, and not a person. */
  readonly own: boolean;
  readonly pullRequest?: boolean;
  readonly comments: string[];
}

/** A comment under the pull or merge request. */
export interface FakeComment {
  body: string;
  readonly own: boolean;
}

type Body = Readonly<Partial<Record<string, string>>>;

interface Answer {
  readonly status: number;
  readonly json: unknown;
}

/** In what the two APIs differ. */
const dialects = {
  github: {
    environment: (url: string) => ({
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: url,
      GITHUB_SERVER_URL: "https://github.example",
      GITHUB_REPOSITORY: "owner/name",
      GITHUB_RUN_ID: "1001",
      GITHUB_SHA: "a".repeat(40),
    }),
    credentials: (request: IncomingMessage) => request.headers.authorization?.slice(7),
    base: "/repos/owner/name",
    merged: {
      path: `/commits/${"a".repeat(40)}/pulls`,
      entries: [
        { number: 3, merged_at: null },
        { number: requestNumber, merged_at: "2026-01-01T00:00:00Z" },
      ],
    },
    update: "PATCH",
    comments: `/issues/${requestNumber}/comments`,
    comment: /^\/issues\/comments\/(\d+)$/,
    remarks: /^\/issues\/(\d+)\/comments$/,
    names: { number: "number", body: "body", open: "open" },
    stateByDefault: "open",
    author: (own: boolean): object => ({ user: { type: own ? "Bot" : "User" } }),
    opens: ({ state }: Body) => (state === undefined ? undefined : state === "open"),
  },
  gitlab: {
    environment: (url: string) => ({
      GITLAB_CI: "true",
      CI_API_V4_URL: url,
      CI_PROJECT_ID: "42",
      CI_MERGE_REQUEST_IID: String(requestNumber),
      CI_COMMIT_SHA: "b".repeat(40),
      CI_JOB_URL: "https://gitlab.example/owner/name/-/jobs/1001",
    }),
    credentials: (request: IncomingMessage) => request.headers["private-token"],
    base: "/projects/42",
    merged: {
      path: `/repository/commits/${"b".repeat(40)}/merge_requests`,
      entries: [
        { iid: 3, state: "closed" },
        { iid: requestNumber, state: "merged" },
      ],
    },
    update: "PUT",
    comments: `/merge_requests/${requestNumber}/notes`,
    comment: new RegExp(`^/merge_requests/${requestNumber}/notes/(\\d+)$`),
    remarks: /^\/issues\/(\d+)\/notes$/,
    names: { number: "iid", body: "description", open: "opened" },
    stateByDefault: "all",
    author: (own: boolean): object => ({ author: { id: own ? 99 : 1 } }),
    opens: ({ state_event: event }: Body) => (event === undefined ? undefined : event !== "close"),
  },
} as const;

const ok = (json: unknown): Answer => ({ status: 200, json });
const created = (json: unknown): Answer => ({ status: 201, json });
const failed = (status: number, message: string): Answer => ({ status, json: { message } });

/**
 * The part of GitHub's and of GitLab's REST API that the pipelines use, as their documents describe it, over one store of
 * issues and comments. Lists are given in pages; texts that GitHub refuses are refused.
 */
export class FakeForge {
  /** Each change that was asked for, `POST /repos/owner/name/issues`. */
  readonly changes: string[] = [];
  readonly issues: FakeIssue[] = [];
  readonly comments: FakeComment[] = [];
  /** Set to have everything refused, as a token without rights is. */
  refuses = false;
  /** Whether the commit of the run came from the request. */
  hasMerged = true;
  readonly #dialect: (typeof dialects)["github" | "gitlab"];
  readonly #server: Server;

  private constructor(kind: "github" | "gitlab") {
    this.#dialect = dialects[kind];
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

  /** What the platform itself sets in the environment of a job. */
  get environment(): Record<string, string> {
    const { port } = this.#server.address() as AddressInfo;
    return this.#dialect.environment(`http://127.0.0.1:${port}/api`);
  }

  /** Ends it. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, text: string): Answer {
    const { method = "", url = "" } = request;
    const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
    const path = pathname.replace("/api", "");
    if (this.#dialect.credentials(request) !== forgeToken) return failed(401, "Bad credentials");
    if (this.refuses) return failed(403, "Resource not accessible");
    if (method !== "GET") this.changes.push(`${method} ${path}`);
    const body = text === "" ? {} : (JSON.parse(text) as Body);
    if ((body["body"] ?? "").length > 65_536) {
      return failed(422, "body is too long (maximum is 65536 characters)");
    }
    if (path === "/user") return ok({ id: 99 });
    const { status, json } = this.#route(method, path.replace(this.#dialect.base, ""), body);
    if (!Array.isArray(json) || path.endsWith(this.#dialect.merged.path)) return { status, json };
    const state = searchParams.get("state") ?? this.#dialect.stateByDefault;
    const size = Number(searchParams.get("per_page") ?? 20);
    const start = (Number(searchParams.get("page") ?? 1) - 1) * size;
    const entries = (json as { state?: string }[]).filter(
      (entry) => entry.state === undefined || state === "all" || entry.state === state,
    );
    return ok(entries.slice(start, start + size));
  }

  #route(method: string, path: string, body: Body): Answer {
    const { update, merged, comments, comment, remarks, author, names, opens } = this.#dialect;
    const numberIn = (pattern: RegExp): number => Number(pattern.exec(path)?.[1] ?? Number.NaN);
    const text = body[names.body];
    const change = this.comments[numberIn(comment)];
    const issue = this.issues[numberIn(/^\/issues\/(\d+)$/) - 1];
    const remarked = this.issues[numberIn(remarks) - 1];
    switch (true) {
      case path === merged.path && method === "GET":
        return ok(this.hasMerged ? merged.entries : []);
      case path === comments && method === "GET":
        return ok(this.comments.map((each, id) => ({ id, body: each.body, ...author(each.own) })));
      case path === comments && method === "POST":
        this.comments.push({ body: body["body"] ?? "", own: true });
        return created({});
      case change !== undefined && method === update:
        change.body = body["body"] ?? change.body;
        return ok({});
      case path === "/issues" && method === "GET":
        return ok(this.issues.map((each, index) => this.#listed(each, index)));
      case path === "/issues" && method === "POST":
        this.issues.push({
          title: body["title"] ?? "",
          body: text ?? "",
          open: true,
          own: true,
          comments: [],
        });
        return created({});
      case issue !== undefined && method === update:
        issue.title = body["title"] ?? issue.title;
        issue.body = text ?? issue.body;
        issue.open = opens(body) ?? issue.open;
        return ok({});
      case remarked !== undefined && method === "POST":
        remarked.comments.push(body["body"] ?? "");
        return created({});
      default:
        return failed(404, "Not Found");
    }
  }

  #listed({ title, body, open, own, pullRequest }: FakeIssue, index: number): object {
    const { names, author } = this.#dialect;
    return {
      id: 5000 + index,
      [names.number]: index + 1,
      title,
      [names.body]: body,
      state: open ? names.open : "closed",
      ...author(own),
      ...(pullRequest === true ? { pull_request: {} } : {}),
    };
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
