import type { Inventory } from "../../vcenter";

/** The whole inventories, by what they are made of. */
const whole = new WeakMap<
  Inventory,
  { readonly networks: Inventory; readonly merged: Inventory }
>();

/** Two parts of the inventory as one, which is made once, because that takes some time with thousands of objects. */
export function merged(places: Inventory, networks: Inventory): Inventory {
  const known = whole.get(places);
  if (known?.networks === networks) return known.merged;
  const made = { networks, merged: places.with(networks) };
  whole.set(places, made);
  return made.merged;
}
