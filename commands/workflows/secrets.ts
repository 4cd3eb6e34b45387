import { connectionKeys } from "../../configuration/connectionKeys";
import { Redaction } from "../../vcenter/offline";

/** The variables that hold secrets of this program. */
const secretsOfStack = new Set(
  connectionKeys.flatMap(({ secret, environmentVariable: name }) =>
    secret && name !== undefined ? [name] : [],
  ),
);

/** Names that say that a variable is a secret: of the engine, of its backend, of the platform. */
const secretName = /(PASSWORD|PASSPHRASE|TOKEN|SECRET|_KEY)$/;

/**
 * A text without the secrets of the environment. The engine masks the secrets of the stack's configuration; it does not
 * know those that come as variables, and what is written under a request or into an issue is read by more people than
 * the log, and is not masked by the platform.
 */
export function withoutSecrets(text: string, environment: NodeJS.ProcessEnv): string {
  const redaction = new Redaction();
  for (const [name, value] of Object.entries(environment)) {
    if (secretsOfStack.has(name) || secretName.test(name)) redaction.add(value ?? "");
  }
  return redaction.clean(text);
}
