import { UserError } from "../main";
import type { Forge } from "./forge";
import { github } from "./github";
import { gitlab } from "./gitlab";

/** The platform whose pipeline this process runs in. @throws UserError elsewhere */
export function platform(environment: NodeJS.ProcessEnv): Forge {
  if (environment["GITHUB_ACTIONS"] === "true") return github(environment);
  if (environment["GITLAB_CI"] === "true") return gitlab(environment);
  throw new UserError(
    "GITHUB_ACTIONS, GITLAB_CI: found neither: there is no request or issue to write to: " +
      "run it in a pipeline, or run `pulumi preview` here",
  );
}
