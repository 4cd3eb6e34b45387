import { Api } from "./api";
import type { Forge, Texts, Written } from "./forge";
import { required } from "./variables";

/** What the API tells of a comment or an issue. */
interface Entry {
  readonly id: number;
  readonly number?: number;
  readonly title?: string;
  readonly body?: string | null;
  readonly user?: { readonly type?: string } | null;
  /** There when an issue is a pull request: the API lists both together. */
  readonly pull_request?: object;
}

/**
 * GitHub, by its REST API and not by its command line tool, which only GitHub's own runners have: those that reach a
 * vCenter are seldom among them.
 */
export function github(environment: NodeJS.ProcessEnv): Forge {
  const variable = (name: string): string => required(environment, name);
  const repository = `/repos/${variable("GITHUB_REPOSITORY")}`;
  const token = variable("GITHUB_TOKEN");
  const api = new Api(
    variable("GITHUB_API_URL"),
    { authorization: `Bearer ${token}`, accept: "application/vnd.github+json" },
    "give the job the permission pull-requests: write for comments, issues: write for issues",
  );
  const page = `${variable("GITHUB_SERVER_URL")}/${variable("GITHUB_REPOSITORY")}`;
  const issues = `${repository}/issues`;
  return {
    run: {
      stack: variable("PULUMI_STACK"),
      commit: environment["COMMIT"] || variable("GITHUB_SHA"),
      url: `${page}/actions/runs/${variable("GITHUB_RUN_ID")}`,
    },
    // Only a run for a pull request has one; the others never ask for its comments.
    get comments(): Texts {
      const ofRequest = `${issues}/${variable("PULL_REQUEST")}/comments`;
      return {
        find: (holds) => firstOwn(api, ofRequest, holds, ({ id }) => id),
        create: ({ body }) => api.request("POST", ofRequest, { body }),
        replace: (id, { body }) => api.request("PATCH", `${issues}/comments/${id}`, { body }),
      };
    },
    issues: {
      find: (holds) => firstOwn(api, `${issues}?state=open`, holds, ({ number }) => number),
      create: (text) => api.request("POST", issues, text),
      replace: (id, text) => api.request("PATCH", `${issues}/${id}`, text),
      close: async (id, body) => {
        await api.request("POST", `${issues}/${id}/comments`, { body });
        await api.request("PATCH", `${issues}/${id}`, {
          state: "closed",
          state_reason: "completed",
        });
      },
    },
  };
}

/** The first text of a bot for which something holds: the token of a workflow writes as a bot, and no user can. */
async function firstOwn(
  api: Api,
  path: string,
  holds: (text: Written) => boolean,
  idOf: (entry: Entry) => number | undefined,
): Promise<string | undefined> {
  for await (const entry of api.list<Entry>(path)) {
    const { title = "", body, user, pull_request: pullRequest } = entry;
    if (user?.type !== "Bot" || pullRequest !== undefined) continue;
    if (holds({ title, body: body ?? "" })) return String(idOf(entry));
  }
  return undefined;
}
