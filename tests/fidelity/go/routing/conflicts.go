package main

import (
	"github.com/dennwc/iters"

	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/sip"
)

// conflicts are what LiveKit's validation says of everything that is stored: the first error, as
// create and update give it, and every pair it comes upon when it is told to read on.
type conflicts struct {
	Trunks     string      `json:"trunks"`
	Rules      string      `json:"rules"`
	TrunkPairs [][3]string `json:"trunk_pairs"`
	RulePairs  [][2]string `json:"rule_pairs"`
}

func find(trunks []*livekit.SIPInboundTrunkInfo, rules []*livekit.SIPDispatchRuleInfo) *conflicts {
	found := new(conflicts)
	if err := sip.ValidateTrunksIter(iters.Slice(trunks)); err != nil {
		found.Trunks = failed("", err).Error
	}
	if _, err := sip.ValidateDispatchRulesIter(iters.Slice(rules)); err != nil {
		found.Rules = failed("", err).Error
	}
	_ = sip.ValidateTrunksIter(iters.Slice(trunks), sip.WithAllowTrunkConflicts(),
		sip.WithTrunkConflict(func(later, earlier *livekit.SIPInboundTrunkInfo, why sip.TrunkConflictReason) {
			found.TrunkPairs = append(found.TrunkPairs, [3]string{later.SipTrunkId, earlier.SipTrunkId, why.String()})
		}))
	_, _ = sip.ValidateDispatchRulesIter(iters.Slice(rules), sip.WithAllowDispatchRuleConflicts(),
		sip.WithDispatchRuleConflict(func(later, earlier *livekit.SIPDispatchRuleInfo, _ sip.DispatchRuleConflictReason) {
			found.RulePairs = append(found.RulePairs, [2]string{later.SipDispatchRuleId, earlier.SipDispatchRuleId})
		}))
	return found
}
