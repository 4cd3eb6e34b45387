import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { isHostAddress, networkText, parseAddress } from "../../ipv4";
import { repetitionsOf, valuesOf } from "../../places";
import { finding } from "../../../findings/finding";
import type { Rule } from "../rule";
import { routersOf, subnetOfRouters } from "./routers";

/** Numbers that no autonomous system can have, by who keeps them. */
const reservedNumbers: Readonly<Record<number, string>> = {
  23456: "stands for numbers of 32 bits (RFC 6793)",
  65535: "is reserved (RFC 7300)",
  4294967295: "is reserved (RFC 7300)",
};

/** An autonomous system has a number that can be used. Sources: RFC 6793, RFC 7300. */
export const autonomousSystemsAreUsable: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster: { ingress }, pathOf }) =>
    (["routerASN", "clusterASN"] as const).flatMap((key) => {
      const number = ingress?.metallbBGP?.[key];
      const why = number === undefined ? undefined : reservedNumbers[number];
      return why === undefined
        ? []
        : [
            finding(
              `${pathOf("ingress")}.metallbBGP.${key}`,
              number,
              `this number ${why}, and routers would refuse the session`,
              "write the number of the autonomous system, for example one from 64512 to 65534",
            ),
          ];
    }),
  );

/** Each router is named once. */
export const routersAreDistinct: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap((place) =>
    repetitionsOf(routersOf(place), (router) => router).map(({ first, repeated }) =>
      finding(
        repeated.path,
        repeated.value,
        `${first.path} is the same router, and it would refuse a second session`,
        "remove one of the two",
      ),
    ),
  );

/** The routers are in the VLAN that the frontend nodes reach them over, where its subnet is known. */
export const routersAreInTheirNetwork: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap((place) => {
    const network = subnetOfRouters(place);
    if (network === undefined) {
      return [];
    }
    const bgp = place.cluster.ingress?.metallbBGP;
    return routersOf(place)
      .filter(({ value }) => !isHostAddress(network, parseAddress(value)))
      .map(({ path, value }) =>
        finding(
          path,
          value,
          `it is not an address of ${bgp?.network ?? ""}, over which the frontend nodes would look for it`,
          `write the router's address in ${networkText(network)}, or correct the network's subnet`,
        ),
      );
  });

const secondsOfUnits: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };
const longestHoldTime = 65535;

/**
 * The hold time is none or at least three seconds, and fits into 16 bits.
 *
 * Source: RFC 4271, section 4.2.
 */
export const holdTimesAreAllowed: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster: { ingress }, pathOf }) => {
    const written = ingress?.metallbBGP?.holdTime;
    const [, count = "0", unit = "s"] = /^([0-9]+)([a-z]+)$/.exec(written ?? "") ?? [];
    const seconds = Number(count) * (secondsOfUnits[unit] ?? 1);
    return seconds === 0 || (seconds >= 3 && seconds <= longestHoldTime)
      ? []
      : [
          finding(
            `${pathOf("ingress")}.metallbBGP.holdTime`,
            written,
            "BGP knows hold times of none, and from three seconds to 65535, and MetalLB would refuse the peer",
            "write 3s or more",
          ),
        ];
  });

/**
 * A BGP community has two numbers of 16 bits.
 *
 * Source: RFC 1997.
 */
export const communitiesFit: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster: { ingress }, pathOf }) =>
    valuesOf(`${pathOf("ingress")}.metallbBGP.communities`, ingress?.metallbBGP?.communities)
      .filter(({ value }) => value.split(":").some((number) => Number(number) > 65535))
      .map(({ path, value }) =>
        finding(
          path,
          value,
          "a community has two numbers up to 65535, and MetalLB would refuse the announcement",
          "write numbers from 0 to 65535",
        ),
      ),
  );
