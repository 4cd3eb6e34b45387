import { passwordVariable, requestVariable } from "../request";

/** What the engine and the command have in their environments and no tool may see or print. */
const withheld = /^(PULUMI_|DECKHOUSE_VSPHERE_|VSPHERE_PASSWORD$|GOVC_PASSWORD$|TF_VAR_)/;

/** By these git is told of another repository than that of its folder: one of its hooks may run Pulumi. */
const ofAnotherRepository =
  /^GIT_(DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE|PREFIX)$/;

/** The environment of git and Packer: the user's own, for proxies and the like, without what they need not know. */
export function toolEnvironment(
  more: Readonly<Record<string, string>>,
  base: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const kept = Object.entries(base).filter(
    ([name]) => !withheld.test(name) && !ofAnotherRepository.test(name),
  );
  return { ...Object.fromEntries(kept), ...more };
}

/** The password of the account that builds. @throws Error when nobody has given one */
export function buildingPassword(variable: string, environment: NodeJS.ProcessEnv): string {
  const password = environment[passwordVariable] || environment[variable];
  if (password === undefined || password === "") {
    throw new Error(`neither ${passwordVariable} nor ${variable} is set`);
  }
  return password;
}

/** The request as the component wrote it. @throws Error when there is none */
export function requestText(environment: NodeJS.ProcessEnv): string {
  const text = environment[requestVariable];
  if (text === undefined) throw new Error(`${requestVariable} is not set`);
  return text;
}
