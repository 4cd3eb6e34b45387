import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { repositoryRoot } from "../../scripts/lab/folders";

/** A step of a GitHub job: an action or commands. */
export interface WorkflowStep {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** A job of a GitHub workflow. */
export interface WorkflowJob {
  readonly if?: string;
  readonly "runs-on": string;
  readonly environment?: string;
  readonly needs?: string;
  readonly concurrency?: Readonly<Record<string, unknown>>;
  readonly strategy?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly WorkflowStep[];
}

/** A GitHub workflow. */
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: Readonly<Record<string, unknown>>;
  readonly env?: unknown;
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

/** A job of `.gitlab-ci.yml`. */
export interface GitlabJob {
  readonly extends?: string | readonly string[];
  readonly parallel?: { readonly matrix: readonly Readonly<Record<string, string>>[] };
  readonly script?: readonly string[];
  readonly before_script?: readonly string[];
  readonly rules?: readonly {
    readonly if: string;
    readonly when?: string;
    readonly changes?: readonly string[];
  }[];
  readonly resource_group?: string;
  readonly interruptible?: boolean;
  readonly environment?: string | { readonly name: string; readonly action: string };
  readonly timeout?: string;
}

const folder = join(repositoryRoot, ".github", "workflows");

/** The texts of the GitHub workflows, by file name. */
export function workflowTexts(): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

/** A GitHub workflow of this repository, by its file name without the ending. */
export function workflow(name: string): Workflow {
  return parse(workflowTexts()[`${name}.yml`] ?? "") as Workflow;
}

/** The job of a GitHub workflow that has the workflow's name; the other one can only be that which lists the stacks. */
export function workflowJob(name: string): WorkflowJob {
  const { [name]: job, stacks: _list, ...others } = workflow(name).jobs;
  if (job === undefined || Object.keys(others).length > 0) {
    throw new Error(`${name}.yml has other jobs than ${name} and stacks`);
  }
  return job;
}

/** A block of the documentation that is a file of GitLab's. */
function gitlabFile(name: string): Record<string, unknown> {
  const text = readFileSync(join(repositoryRoot, "docs", "continuous-integration.md"), "utf8");
  const [, rest = ""] = text.split(`\`\`\`yaml\n# ${name}\n`);
  return parse(rest.slice(0, rest.indexOf("```"))) as Record<string, unknown>;
}

/** The jobs of the `.gitlab-ci.yml` in the documentation, with what each extends. */
export function gitlabJobs(): Record<string, GitlabJob> {
  const { stages: _stages, workflow: _workflow, include, ...jobs } = gitlabFile(".gitlab-ci.yml");
  const [{ local = "" } = {}] = include as { local?: string }[];
  const all = { ...gitlabFile(local), ...jobs } as Record<string, GitlabJob>;
  return Object.fromEntries(
    Object.entries(all)
      .filter(([name]) => !name.startsWith("."))
      .map(([name, job]) => {
        const bases = [job.extends ?? []].flat().map((base) => all[base] ?? {});
        return [name, Object.assign({}, ...bases, job) as GitlabJob];
      }),
  );
}

/** What the `vars`, `secrets` and `github` of a GitHub run hold, `vars.PULUMI_STACK`; anything else is empty. */
export type GithubContext = Readonly<Record<string, string>>;

/**
 * The variables that a step gives to its commands. An expression is a single name, as `secrets.PULUMI_ACCESS_TOKEN`:
 * what is not set is an empty text, as on GitHub.
 */
export function stepEnvironment(
  { env = {} }: WorkflowStep,
  context: GithubContext,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => {
      const [, key] = /^\$\{\{ ([\w.]+) \}\}$/.exec(value) ?? [];
      if (key === undefined)
        throw new Error(`${name}: not a single name in an expression: ${value}`);
      return [name, context[key] ?? ""];
    }),
  );
}
