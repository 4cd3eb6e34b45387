import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { configurationSchema } from "../../configuration";
import { ownKeys } from "../../configuration/load";
import { allSettings } from "../../configuration/settings";
import { repositoryRoot } from "../../scripts/lab/folders";
import { plain, proofs, readElsewhere } from "./documentationProofs";
import type { CodeBlock } from "./markdown";
import { isTaken, type StackFile } from "./stackFile";

/** The commands of a block: lines after a prompt, or all of them where there is none. Comments are left out. */
export function commandsOf({ language, text }: CodeBlock): string[] {
  const lines = text.replaceAll(/\\\n\s*/g, "").split("\n");
  const typed =
    language === "console"
      ? lines.filter((line) => line.startsWith("$ ")).map((line) => line.slice(2))
      : lines;
  return typed.map((line) => line.replace(/\s+# .*$/, "").trim()).filter((line) => line !== "");
}

/** What is wrong with a block; nothing where it is proved, checked or marked. */
export function faultOf(block: CodeBlock, page = ""): string | undefined {
  if (readElsewhere.some(([of, begins]) => of === page && block.text.startsWith(begins))) {
    return undefined;
  }
  if (block.notRun !== undefined) {
    return block.notRun.length < 10 ? "the reason is too short" : undefined;
  }
  switch (block.language) {
    case "console":
    case "sh":
    case "shell":
    case "bash":
      return faultOfCommands(block);
    case "yaml":
      return faultOfYaml(block.text);
    case "json":
      return faultOfJson(JSON.parse(block.text) as object);
    case "mermaid":
      return /^(flowchart|sequenceDiagram)\b/.test(block.text) ? undefined : "no such diagram";
    case "text":
    case "diff":
      return undefined;
    default:
      return `nobody knows what to do with a block of ${JSON.stringify(block.language)}`;
  }
}

function faultOfCommands(block: CodeBlock): string | undefined {
  const commands = commandsOf(block);
  if (commands.length === 0) return "it has no command";
  const unproved = commands.filter(
    (command) =>
      !plain.some((pattern) => pattern.test(command)) &&
      !proofs.some(([begins]) => command.startsWith(begins)),
  );
  return unproved.length === 0 ? undefined : `nothing runs: ${unproved.join(" | ")}`;
}

/** A configuration, whole or in part, a pipeline, a file of datastores, or a document of the operator or of Pulumi. */
function faultOfYaml(text: string): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return document.errors.join(", ");
  const content = document.toJS() as unknown;
  if (content === null) return /^# yaml-language-server: /.test(text) ? undefined : "it is empty";
  if (Array.isArray(content)) {
    return content.every((each) => typeof each === "string") ? undefined : "no list of names";
  }
  const keys = Object.keys(content as object);
  if (keys.every((key) => key.includes(":")) || keys.includes("config")) {
    return faultOfConfiguration(
      keys.includes("config") ? (content as StackFile) : ({ config: content } as StackFile),
    );
  }
  if (keys.includes("apiVersion")) return faultOfStackObject(content);
  return `nobody knows what it is: ${keys.join(", ")}`;
}

/** What a part of a configuration lacks is of no interest: each key that is there has to be right. */
function faultOfConfiguration(file: StackFile): string | undefined {
  const written = ownKeys(
    Object.fromEntries(
      Object.entries(file.config).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
  );
  const unknown = Object.keys(file.config).filter(
    (key) => !key.startsWith("deckhouse-vsphere:") && !allSettings.some((one) => one.key === key),
  );
  if (unknown.length > 0) return `no such keys: ${unknown.join(", ")}`;
  if ("regions" in written && "role" in written && !isTaken(file)) return "it is refused";
  const issues = configurationSchema.partial().safeParse(written).error?.issues ?? [];
  // A part leaves out what is required; a list of datastores may come from a file.
  const wrong = issues.filter(
    (issue) => !(issue.code === "invalid_type" && valueAt(written, issue.path) === undefined),
  );
  return wrong.length === 0
    ? undefined
    : wrong.map(({ path, message }) => `${path.join(".")}: ${message}`).join(", ");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], value);
}

/** The keys of `spec` of the operator's Stack that are used. Source: pulumi/pulumi-kubernetes-operator `docs/stacks.md`. */
const stackKeys: Readonly<Record<string, string>> = {
  ...{ stack: "string", backend: "string", projectRepo: "string", branch: "string" },
  ...{ commit: "string", repoDir: "string", serviceAccountName: "string" },
  ...{ preview: "boolean", refresh: "boolean", continueResyncOnCommitMatch: "boolean" },
  ...{ destroyOnFinalize: "boolean", useLocalStackOnly: "boolean" },
  ...{ resyncFrequencySeconds: "number", envRefs: "object" },
};

function faultOfStackObject(content: unknown): string | undefined {
  const { apiVersion, kind, spec } = content as Record<string, unknown>;
  if (apiVersion !== "pulumi.com/v1" || kind !== "Stack") return "it is no Stack of the operator";
  const wrong = Object.entries(spec as object).filter(
    ([key, value]) => stackKeys[key] !== typeof value,
  );
  return wrong.length === 0 ? undefined : `no such keys: ${wrong.map(([key]) => key).join(", ")}`;
}

/** The keys of the settings of a deployment. Source: pulumi/pulumi `sdk/go/common/apitype/deployments.go`, v3.259.0. */
const deploymentKeys: readonly RegExp[] = [
  /^sourceContext(\.git(\.(repoUrl|branch|repoDir|commit))?)?$/,
  /^operationContext$/,
  /^operationContext\.preRunCommands(\.\d+)?$/,
  /^operationContext\.environmentVariables(\.[A-Z_]+)?$/,
  /^operationContext\.options(\.(skipInstallDependencies|skipIntermediateDeployments|shell|deleteAfterDestroy|remediateIfDriftDetected))?$/,
];

/** Settings of a deployment, or of the policies in policy/. */
function faultOfJson(content: object): string | undefined {
  if ("operationContext" in content) return faultOfDeployment(content);
  const folder = join(repositoryRoot, "policy");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
  const unknown = Object.keys(content).filter(
    (name) => !sources.some((source) => source.includes(`"${name}"`)),
  );
  return unknown.length === 0 ? undefined : `no such policies: ${unknown.join(", ")}`;
}

function faultOfDeployment(content: unknown): string | undefined {
  const paths = (value: unknown, path: string): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, each]) => {
          const below = path === "" ? key : `${path}.${key}`;
          return [below, ...paths(each, below)];
        })
      : [];
  const wrong = paths(content, "").filter((path) => !deploymentKeys.some((key) => key.test(path)));
  return wrong.length === 0 ? undefined : `no such keys: ${wrong.join(", ")}`;
}
