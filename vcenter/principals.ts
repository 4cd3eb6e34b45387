import { VCenterError } from "./errors";
import { comparableName } from "../findings/text";

interface Principal {
  /** Empty when the name was given without one. */
  readonly domain: string;
  readonly name: string;
}

/**
 * A user or group in the form that vCenter stores: `deckhouse@vsphere.local` becomes
 * `VSPHERE.LOCAL\deckhouse`. The domain is put in capitals, the name kept as it is.
 * @throws VCenterError `invalidArgument` without a domain or a name: a bare name means different
 *   things to different calls (kubernetes-sigs/vsphere-csi-driver#808)
 */
export function toDomainPrincipal(principal: string): string {
  const { domain, name } = parse(principal);
  if (domain === "" || name === "") {
    throw new VCenterError({
      kind: "invalidArgument",
      operation: "read a user or group",
      object: principal,
      answer: name === "" ? "it has no name" : "it has no domain",
      remedy: "write it as user@domain or DOMAIN\\user",
    });
  }
  return `${domain.toUpperCase()}\\${name}`;
}

/**
 * Whether two names mean the same user or group: `user@domain` and `DOMAIN\user` are one, and case does
 * not count. Strict about the domain: the NetBIOS name `CORP` is not taken for `corp.example.com`, as
 * nothing but the directory knows; write the form that vCenter shows. A bare name equals only itself.
 */
export function samePrincipal(a: string, b: string): boolean {
  const [first, second] = [parse(a), parse(b)];
  return (
    comparableName(first.name) === comparableName(second.name) &&
    comparableName(first.domain) === comparableName(second.domain)
  );
}

/** Windows names cannot hold a backslash, so the first one ends the domain; names may hold an `@`. */
function parse(principal: string): Principal {
  const backslash = principal.indexOf("\\");
  if (backslash >= 0) {
    return { domain: principal.slice(0, backslash), name: principal.slice(backslash + 1) };
  }
  const at = principal.lastIndexOf("@");
  if (at >= 0) return { domain: principal.slice(at + 1), name: principal.slice(0, at) };
  return { domain: "", name: principal };
}
