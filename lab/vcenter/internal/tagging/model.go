// Package tagging is the tagging service of the simulated vCenter: categories, tags and what they are attached to,
// with the checks that the vSphere Automation API reference describes and that govmomi's simulator leaves out.
package tagging

import (
	"slices"
	"strings"
)

// The cardinalities of a category: how many of its tags one object may carry.
const (
	Single   = "SINGLE"
	Multiple = "MULTIPLE"
)

// MaximumBatch is the largest number of objects or tags in one batch call
// (VMware white paper "vSphere Tagging Best Practices").
const MaximumBatch = 2000

// Category is a group of tags.
type Category struct {
	ID              string
	Name            string
	Description     string
	Cardinality     string
	AssociableTypes []string // bare names; empty means every type
}

// Tag is a label in a category.
type Tag struct {
	ID          string
	CategoryID  string
	Name        string
	Description string
}

// Object is a managed object that can carry tags.
type Object struct {
	Type string `json:"type"`
	ID   string `json:"id"`
}

// Attachment is one tag on one object.
type Attachment struct {
	Tag    Tag
	Object Object
}

// bareTypes strips the namespace: callers of vCenter 7.0 Update 1 and newer send "urn:vim25:Datacenter"
// (ansible-collections/community.vmware#579), the answer is "Datacenter" (row 20).
func bareTypes(types []string) []string {
	bare := make([]string, 0, len(types))
	for _, kind := range types {
		bare = append(bare, strings.TrimPrefix(kind, "urn:vim25:"))
	}
	slices.Sort(bare)
	return slices.Compact(bare)
}

func (category Category) accepts(kind string) bool {
	return len(category.AssociableTypes) == 0 || slices.Contains(category.AssociableTypes, kind)
}
