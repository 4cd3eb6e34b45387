import type { UsedSecrets } from "../../configuration/secrets";
import { settings } from "../../configuration/settings";
import { findingTexts, type Finding } from "../../findings/finding";

/** What another secret means for a cluster that runs. */
type Rotation = Required<Pick<Finding, "consequence" | "remedy">>;

/**
 * What becomes of a running cluster that has the former secret, and where the new one goes.
 *
 * Source: docs/operations.md, Passwords.
 */
const rotations: Readonly<Record<keyof UsedSecrets, Rotation>> = {
  clusterAccountPassword: {
    consequence:
      "so a running cluster keeps the former one, and can make or change no machine and no volume once vCenter refuses that",
    remedy:
      "write the new one as provider.password in `d8 system edit provider-cluster-configuration`, right after it was changed in vCenter",
  },
  nsxtPassword: {
    consequence:
      "so a running cluster keeps the former one, and can change nothing in NSX-T once that refuses it",
    remedy:
      "write the new one as nsxt.password in `d8 system edit provider-cluster-configuration`, right after it was changed in NSX-T",
  },
  registryDockerCfg: {
    consequence:
      "so a running cluster keeps the former one, and can pull no image once the registry refuses that",
    remedy:
      "write the new one into the settings of the module deckhouse (before Deckhouse 1.75 as its documentation says)",
  },
  bgpPassword: {
    consequence:
      "so a running cluster keeps the former one, and the routers send it nothing once they want the new one",
    remedy:
      "write the new one into the Secret that MetalLB's peers name (before Deckhouse 1.77 into the module's settings), " +
      "and into the routers at the same time",
  },
  proxyPassword: {
    consequence:
      "so a running cluster keeps the former one, and reaches nothing through the proxy once that refuses it",
    remedy: "write the new one into proxy in `d8 system edit cluster-configuration`",
  },
  firstUserPasswordHash: {
    consequence: "so the user of a running cluster keeps the former password",
    remedy: "change the password of that User in the cluster; Deckhouse refuses the document's",
  },
};

/**
 * A warning for each secret that is another one than at the last `up`, with what to do in a running cluster. None says
 * anything of a secret itself. One that came or went says nothing: that is a change of the configuration.
 *
 * @param earlier the secrets of the last `up`; undefined before the first, and in a state that does not hold them
 */
export function rotatedSecretTexts(
  earlier: UsedSecrets | undefined,
  now: UsedSecrets | undefined,
): string[] {
  const names = Object.keys(rotations) as (keyof UsedSecrets)[];
  const rotated = names.filter((name) => {
    const [former, present] = [earlier?.[name], now?.[name]];
    return former !== undefined && present !== undefined && former !== present;
  });
  return findingTexts(
    rotated.map((name) => ({
      ...{ severity: "warning", where: settings[name].key, topic: "rotated-passwords" },
      ...{ wrong: "it is another one than at the last up, and up writes it into documents alone" },
      ...rotations[name],
    })),
  ).map((text) => `warning: ${text}`);
}
