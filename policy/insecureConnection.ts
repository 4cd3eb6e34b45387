import type { ResourceValidationPolicy } from "@pulumi/policy";
import { findingText, type Finding } from "../findings/finding";
import { checkedStack, settingOf, type CheckedStack } from "./stack";

/** The certificate of the vCenter is verified. Looked at once for a stack, and for each vSphere provider that has an answer of its own. */
export const insecureConnection: ResourceValidationPolicy = {
  name: "verified-connection",
  displayName: "The vCenter's certificate is verified",
  description: "No connection accepts whatever certificate it is shown.",
  enforcementLevel: "mandatory",
  validateResource: ({ type, name, props }, report) => {
    const found =
      type === "pulumi:pulumi:Stack"
        ? insecureStack(checkedStack(process.env))
        : type === "pulumi:providers:vsphere"
          ? insecureProvider(name, props)
          : undefined;
    if (found !== undefined) report(findingText(found));
  },
};

/** What is wrong with the settings of a stack; undefined when certificates are verified. */
export function insecureStack(stack: CheckedStack): Finding | undefined {
  const { value, source } = settingOf(stack, "allowUnverifiedSsl");
  return isYes(value) ? insecure(source, value) : undefined;
}

/** What is wrong with a provider's own inputs. */
export function insecureProvider(
  name: string,
  { allowUnverifiedSsl }: Readonly<Record<string, unknown>>,
): Finding | undefined {
  return isYes(allowUnverifiedSsl)
    ? insecure(`allowUnverifiedSsl of the vSphere provider ${name}`, allowUnverifiedSsl)
    : undefined;
}

/** As the provider reads it: Go's strconv.ParseBool. */
function isYes(value: unknown): boolean {
  return value === true || (typeof value === "string" && /^(1|t|true)$/i.test(value));
}

function insecure(where: string, value: unknown): Finding {
  return {
    severity: "error",
    where,
    found: String(value),
    wrong: "any certificate is accepted",
    consequence: "so whoever stands between this machine and vCenter can read the password",
    remedy: "remove it, and give the certificate authority in deckhouse-vsphere:caBundle",
  };
}
