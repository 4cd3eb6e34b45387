import type { Draft } from "./draft";
import type { WrittenClusterConfiguration } from "./types";

type Keys = Draft<Pick<WrittenClusterConfiguration, "podSubnetCIDR" | "serviceSubnetCIDR">>;

/** The addresses of pods: what the configuration says, else those of Deckhouse's own examples. */
export function podSubnetOf({ podSubnetCIDR }: Keys): string {
  return podSubnetCIDR ?? "10.111.0.0/16";
}

/** The addresses of services: what the configuration says, else those of Deckhouse's own examples. */
export function serviceSubnetOf({ serviceSubnetCIDR }: Keys): string {
  return serviceSubnetCIDR ?? "10.222.0.0/16";
}
