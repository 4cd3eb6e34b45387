import { UserError } from "../run";
import { Api } from "./api";

/** Which run of a pipeline a text is about. */
export interface PipelineRun {
  /** That of PULUMI_STACK. */
  readonly stack: string;
  /** The commit that was looked at, as a full hash. */
  readonly commit: string;
  /** The address of the run's log. */
  readonly url: string;
}

/**
 * Where the repository lives: GitHub or GitLab. Only what the pipelines themselves wrote is ever found, so that a text
 * of somebody else with the same title or marker is neither replaced nor closed.
 */
export interface Forge {
  readonly run: PipelineRun;
  /** The comments under the pull or merge request of this run. */
  readonly comments: Texts;
  /** The comments under the merged request that the commit of this run came from; undefined when there is none. */
  mergedRequest(): Promise<Texts | undefined>;
  /** The open issues. */
  readonly issues: Texts & {
    /** Closes an issue, with a last comment. */
    close(id: string, comment: string): Promise<void>;
  };
}

/** Texts that are found, written and replaced. */
export interface Texts {
  /** The id of the first for which something holds; undefined when there is none. */
  find(holds: (text: Written) => boolean): Promise<string | undefined>;
  create(text: Written): Promise<unknown>;
  replace(id: string, text: Written): Promise<unknown>;
}

/** A comment, which has no title, or an issue. */
export interface Written {
  readonly title: string;
  readonly body: string;
}

/** Writes a text, in the place of the earlier one if there is one. Says which it did. */
export async function keepOne(
  texts: Texts,
  text: Written,
  isEarlier: (text: Written) => boolean,
): Promise<"created" | "replaced"> {
  const earlier = await texts.find(isEarlier);
  if (earlier === undefined) {
    await texts.create(text);
    return "created";
  }
  await texts.replace(earlier, text);
  return "replaced";
}

/** The platform whose pipeline this process runs in. @throws UserError elsewhere */
export function platform(environment: NodeJS.ProcessEnv): Forge {
  if (environment["GITHUB_ACTIONS"] === "true") return github(environment);
  if (environment["GITLAB_CI"] === "true") return gitlab(environment);
  throw new UserError(
    "GITHUB_ACTIONS, GITLAB_CI: found neither: there is no request or issue to write to: " +
      "run it in a pipeline, or run `pulumi preview` here",
  );
}

/** Reads a variable that the platform or the workflow sets. @throws UserError when it is missing */
export function requiredVariable(environment: NodeJS.ProcessEnv, name: string): string {
  const value = environment[name] ?? "";
  if (value !== "") return value;
  throw new UserError(
    `${name}: found nothing: the pipeline cannot go on without it: set it as docs/continuous-integration.md says`,
  );
}

/** What GitHub's API tells of a comment or an issue. */
interface GithubEntry {
  readonly id: number;
  readonly number?: number;
  readonly title?: string;
  readonly body?: string | null;
  readonly user?: { readonly type?: string } | null;
  /** There when an issue is a pull request: the API lists both together. */
  readonly pull_request?: object;
}

/** What GitHub's API tells of a pull request that a commit came from. */
interface GithubRequest {
  readonly number: number;
  readonly merged_at: string | null;
}

/**
 * GitHub, by its REST API and not by its command line tool, which only GitHub's own runners have: those that reach a
 * vCenter are seldom among them.
 */
function github(environment: NodeJS.ProcessEnv): Forge {
  const variable = (name: string): string => requiredVariable(environment, name);
  const repository = variable("GITHUB_REPOSITORY");
  const issues = `/repos/${repository}/issues`;
  const api = new Api(
    variable("GITHUB_API_URL"),
    {
      authorization: `Bearer ${variable("GITHUB_TOKEN")}`,
      accept: "application/vnd.github+json",
    },
    "give the job the permission pull-requests: write for comments, issues: write for issues",
  );
  // The token of a workflow writes as a bot, and no user can.
  const firstOwn = async (
    path: string,
    holds: (text: Written) => boolean,
    idOf: (entry: GithubEntry) => number | undefined,
  ): Promise<string | undefined> => {
    for await (const entry of api.list<GithubEntry>(path)) {
      const { title = "", body, user, pull_request: pullRequest } = entry;
      if (user?.type !== "Bot" || pullRequest !== undefined) continue;
      if (holds({ title, body: body ?? "" })) return String(idOf(entry));
    }
    return undefined;
  };
  const commentsOf = (request: string): Texts => {
    const ofRequest = `${issues}/${request}/comments`;
    return {
      find: (holds) => firstOwn(ofRequest, holds, ({ id }) => id),
      create: ({ body }) => api.request("POST", ofRequest, { body }),
      replace: (id, { body }) => api.request("PATCH", `${issues}/comments/${id}`, { body }),
    };
  };
  return {
    run: {
      stack: variable("PULUMI_STACK"),
      commit: environment["COMMIT"] || variable("GITHUB_SHA"),
      url: `${variable("GITHUB_SERVER_URL")}/${repository}/actions/runs/${variable("GITHUB_RUN_ID")}`,
    },
    // Only a run for a pull request has one; the others never ask for its comments.
    get comments(): Texts {
      return commentsOf(variable("PULL_REQUEST"));
    },
    async mergedRequest() {
      const ofCommit = `/repos/${repository}/commits/${variable("GITHUB_SHA")}/pulls`;
      for await (const { number, merged_at: merged } of api.list<GithubRequest>(ofCommit)) {
        if (merged !== null) return commentsOf(String(number));
      }
      return undefined;
    },
    issues: {
      find: (holds) => firstOwn(`${issues}?state=open`, holds, ({ number }) => number),
      create: (text) => api.request("POST", issues, text),
      replace: (id, text) => api.request("PATCH", `${issues}/${id}`, text),
      close: async (id, body) => {
        await api.request("POST", `${issues}/${id}/comments`, { body });
        const closed = { state: "closed", state_reason: "completed" };
        await api.request("PATCH", `${issues}/${id}`, closed);
      },
    },
  };
}

/** What GitLab's API tells of a note or an issue. */
interface GitlabEntry {
  readonly id: number;
  readonly iid?: number;
  readonly title?: string;
  readonly description?: string | null;
  readonly body?: string;
  readonly author: { readonly id: number };
}

/** What GitLab's API tells of a merge request that a commit came from. */
interface GitlabRequest {
  readonly iid: number;
  readonly state: string;
}

/** GitLab, by its REST API: the images of its jobs do not have its command line tool. */
function gitlab(environment: NodeJS.ProcessEnv): Forge {
  const variable = (name: string): string => requiredVariable(environment, name);
  const project = `/projects/${variable("CI_PROJECT_ID")}`;
  const issues = `${project}/issues`;
  const api = new Api(
    variable("CI_API_V4_URL"),
    { "private-token": variable("GITLAB_TOKEN") },
    "give the project's access token in GITLAB_TOKEN the scope api and the role Reporter or more",
  );
  // The user of the token is a bot of the project's own.
  const firstOwn = async (
    path: string,
    holds: (text: Written) => boolean,
    idOf: (entry: GitlabEntry) => number | undefined,
  ): Promise<string | undefined> => {
    const { id: own } = (await api.request("GET", "/user")) as { readonly id: number };
    for await (const entry of api.list<GitlabEntry>(path)) {
      if (entry.author.id !== own) continue;
      const { title = "", description, body } = entry;
      if (holds({ title, body: body ?? description ?? "" })) return String(idOf(entry));
    }
    return undefined;
  };
  const notesOf = (request: string): Texts => {
    const notes = `${project}/merge_requests/${request}/notes`;
    return {
      find: (holds) => firstOwn(notes, holds, ({ id }) => id),
      create: ({ body }) => api.request("POST", notes, { body }),
      replace: (id, { body }) => api.request("PUT", `${notes}/${id}`, { body }),
    };
  };
  return {
    run: {
      stack: variable("PULUMI_STACK"),
      commit: variable("CI_COMMIT_SHA"),
      url: variable("CI_JOB_URL"),
    },
    // Only a run for a merge request has one; the others never ask for its notes.
    get comments(): Texts {
      return notesOf(variable("CI_MERGE_REQUEST_IID"));
    },
    async mergedRequest() {
      const ofCommit = `${project}/repository/commits/${variable("CI_COMMIT_SHA")}/merge_requests`;
      for await (const { iid, state } of api.list<GitlabRequest>(ofCommit)) {
        if (state === "merged") return notesOf(String(iid));
      }
      return undefined;
    },
    issues: {
      find: (holds) => firstOwn(`${issues}?state=opened`, holds, ({ iid }) => iid),
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
