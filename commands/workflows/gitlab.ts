import { Api } from "./api";
import type { Forge, Texts, Written } from "./forge";
import { required } from "./variables";

/** What the API tells of a note or an issue. */
interface Entry {
  readonly id: number;
  readonly iid?: number;
  readonly title?: string;
  readonly description?: string | null;
  readonly body?: string;
  readonly author: { readonly id: number };
}

/** GitLab, by its REST API: neither its images nor ours have its command line tool. */
export function gitlab(environment: NodeJS.ProcessEnv): Forge {
  const variable = (name: string): string => required(environment, name);
  const api = new Api(
    variable("CI_API_V4_URL"),
    { "private-token": variable("GITLAB_TOKEN") },
    "give the project's access token in GITLAB_TOKEN the scope api and the role Reporter or more",
  );
  const project = `/projects/${variable("CI_PROJECT_ID")}`;
  const issues = `${project}/issues`;
  return {
    run: {
      stack: variable("PULUMI_STACK"),
      commit: variable("CI_COMMIT_SHA"),
      url: variable("CI_JOB_URL"),
    },
    // Only a run for a merge request has one; the others never ask for its notes.
    get comments(): Texts {
      const notes = `${project}/merge_requests/${variable("CI_MERGE_REQUEST_IID")}/notes`;
      return {
        find: (holds) => firstOwn(api, notes, holds, ({ id }) => id),
        create: ({ body }) => api.request("POST", notes, { body }),
        replace: (id, { body }) => api.request("PUT", `${notes}/${id}`, { body }),
      };
    },
    issues: {
      find: (holds) => firstOwn(api, `${issues}?state=opened`, holds, ({ iid }) => iid),
      create: ({ title, body }) => api.request("POST", issues, { title, description: body }),
      replace: (id, { title, body }) =>
        api.request("PUT", `${issues}/${id}`, { title, description: body }),
      close: async (id, body) => {
        await api.request("POST", `${issues}/${id}/notes`, { body });
        await api.request("PUT", `${issues}/${id}`, { state_event: "close" });
      },
    },
  };
}

/** The first text of the token's own user for which something holds. */
async function firstOwn(
  api: Api,
  path: string,
  holds: (text: Written) => boolean,
  idOf: (entry: Entry) => number | undefined,
): Promise<string | undefined> {
  const { id: own } = (await api.request("GET", "/user")) as { readonly id: number };
  for await (const entry of api.list<Entry>(path)) {
    if (entry.author.id !== own) continue;
    const { title = "", description, body } = entry;
    if (holds({ title, body: body ?? description ?? "" })) return String(idOf(entry));
  }
  return undefined;
}
