import { UserError } from "../main";

/** Reads a variable that the platform or the workflow sets. @throws UserError when it is missing */
export function required(environment: NodeJS.ProcessEnv, name: string): string {
  const value = environment[name] ?? "";
  if (value !== "") return value;
  throw new UserError(
    `${name}: found nothing: the workflow cannot go on without it: set it as docs/continuous-integration.md says`,
  );
}
