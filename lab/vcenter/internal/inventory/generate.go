package inventory

import "fmt"

// ZonesPerRegion is how many zones (clusters) a generated region (datacenter) has.
const ZonesPerRegion = 2

// Generate describes a large vCenter: the given number of zones, each with the given number of datastores.
// Zones are numbered through: zone 1 and 2 are the clusters x1_cluster_001 and x1_cluster_002 of the datacenter X1,
// zone 3 is x2_cluster_003 of X2. The datastores of zone 1 are zone01_lun_0001 and so on, mounted by the three hosts
// of its cluster. Each datacenter has its root datastore, switch, networks and folders, as in the default inventory.
//
// Users, roles, tags and permissions are those of the base description, without what refers to its objects.
func Generate(base Description, zones, datastores int) Description {
	generated := base
	generated.Datacenters = nil
	for zone := 1; zone <= zones; zone++ {
		region := (zone-1)/ZonesPerRegion + 1
		if (zone-1)%ZonesPerRegion == 0 {
			generated.Datacenters = append(generated.Datacenters, emptyRegion(region))
		}
		datacenter := &generated.Datacenters[region-1]
		cluster := fmt.Sprintf("x%d_cluster_%03d", region, zone)
		datacenter.Clusters = append(datacenter.Clusters, Cluster{Name: cluster, Hosts: 3})
		for number := 1; number <= datastores; number++ {
			datacenter.Datastores = append(datacenter.Datastores, Datastore{
				Name:     fmt.Sprintf("zone%02d_lun_%04d", zone, number),
				Clusters: []string{cluster},
			})
		}
	}
	generated.Categories = nil
	for _, category := range base.Categories {
		tags := append([]Tag(nil), category.Tags...)
		for position := range tags {
			tags[position].AttachedTo = nil
		}
		category.Tags = tags
		generated.Categories = append(generated.Categories, category)
	}
	generated.Permissions = nil
	for _, permission := range base.Permissions {
		if permission.Path == "/" {
			generated.Permissions = append(generated.Permissions, permission)
		}
	}
	return generated
}

func emptyRegion(region int) Datacenter {
	return Datacenter{
		Name:       fmt.Sprintf("X%d", region),
		Datastores: []Datastore{{Name: fmt.Sprintf("x%d_root", region)}},
		Switches:   []Switch{{Name: fmt.Sprintf("x%d_switch", region), PortGroups: []string{"k8s-nodes", "k8s-public"}}},
		VMFolders:  []string{fmt.Sprintf("k8s/x%d", region), "Templates"},
	}
}
