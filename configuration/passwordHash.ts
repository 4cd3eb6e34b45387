import { finding, type Finding } from "../findings/finding";

/** How to make a hash: the password is asked for, and stands in no list of commands. */
const howToMake =
  'run `htpasswd -BinC 10 "" | cut -d: -f2`, type the password and Ctrl-D, and set what it prints';

/** Costs that Dex, by which people log in, accepts. Source: dexidp/dex `server/api.go` (checkCost). */
const costs = { least: 10, most: 16 };

/**
 * What is wrong with a hash of a password, which Deckhouse takes as it is or in base64. It is not shown: it may be the
 * password itself.
 *
 * Source: deckhouse/deckhouse `modules/150-user-authn/crds/user.yaml` (`spec.password`).
 *
 * @param source the key or the variable of the environment that has it
 * @param value what is given as the hash
 */
export function passwordHashFaults(source: string, value: string): Finding[] {
  const cost = costOf(value) ?? costOf(Buffer.from(value, "base64").toString("latin1"));
  if (cost === undefined) {
    return [
      finding(
        source,
        value,
        "it is not a bcrypt hash, and the first user could not log in",
        `${howToMake}; if it is the password itself, choose another one, because it may have been seen`,
      ),
    ];
  }
  return cost < costs.least || cost > costs.most
    ? [
        finding(
          source,
          value,
          `it is a bcrypt hash of the cost ${cost}, and those who log in are served with ${costs.least} to ${costs.most} only`,
          howToMake,
        ),
      ]
    : [];
}

/** The cost of a bcrypt hash; undefined for any other text. */
function costOf(text: string): number | undefined {
  const [, cost] = /^\$2[aby]\$([0-9]{2})\$[./A-Za-z0-9]{53}$/.exec(text) ?? [];
  return cost === undefined ? undefined : Number(cost);
}
