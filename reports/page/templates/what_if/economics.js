"use strict";
/* Written by scripts/javascript.py from model/economics: do not change it here. */
(() => {
const YEARS = 20;
const LEAVING = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const RETURN = [2, 3, 4, 5, 6, 7, 8];
const STATES = 3;
const INDUSTRY_ROWS = 9;
const OWN_ROWS = 7;
const COMPONENTS = 12;
const CLIP = 3.0;
const ENTRY = 18;

function normalScore(p) {
  let q_1 = (p - 0.5);
  const p_2 = Math.min(p, (1 - p));
  let t_3 = (Math.sqrt((-Math.log(p_2))) - 1.6);
  let above_4 = ((t_3 * 0.0007745450142783414) + 0.022723844989269184);
  above_4 = ((above_4 * t_3) + 0.2417807251774506);
  above_4 = ((above_4 * t_3) + 1.2704582524523684);
  above_4 = ((above_4 * t_3) + 3.6478483247632045);
  above_4 = ((above_4 * t_3) + 5.769497221460691);
  above_4 = ((above_4 * t_3) + 4.630337846156546);
  above_4 = ((above_4 * t_3) + 1.4234371107496835);
  let below_5 = ((t_3 * 1.0507500716444169e-09) + 0.0005475938084995345);
  below_5 = ((below_5 * t_3) + 0.015198666563616457);
  below_5 = ((below_5 * t_3) + 0.14810397642748008);
  below_5 = ((below_5 * t_3) + 0.6897673349851);
  below_5 = ((below_5 * t_3) + 1.6763848301838038);
  below_5 = ((below_5 * t_3) + 2.053191626637759);
  const tail_6 = (above_4 / ((below_5 * t_3) + 1));
  let far_7 = tail_6;
  let size_8 = Math.max(q_1, (-q_1));
  let r_9 = (0.180625 - (q_1 * q_1));
  let above_10 = ((r_9 * 2509.0809287301227) + 33430.57558358813);
  above_10 = ((above_10 * r_9) + 67265.7709270087);
  above_10 = ((above_10 * r_9) + 45921.95393154987);
  above_10 = ((above_10 * r_9) + 13731.69376550946);
  above_10 = ((above_10 * r_9) + 1971.5909503065513);
  above_10 = ((above_10 * r_9) + 133.14166789178438);
  above_10 = ((above_10 * r_9) + 3.3871328727963665);
  let below_11 = ((r_9 * 5226.495278852854) + 28729.085735721943);
  below_11 = ((below_11 * r_9) + 39307.89580009271);
  below_11 = ((below_11 * r_9) + 21213.794301586597);
  below_11 = ((below_11 * r_9) + 5394.196021424751);
  below_11 = ((below_11 * r_9) + 687.1870074920579);
  below_11 = ((below_11 * r_9) + 42.31333070160091);
  const middle_12 = ((q_1 * above_10) / ((below_11 * r_9) + 1));
  const score_13 = ((size_8 > 0.425) ? ((q_1 > 0) ? far_7 : (-far_7)) : middle_12);
  return score_13;
}

function fillIndustry(g, players, industry, weights) {
  let cheapest_1 = Infinity;
  for (let i_2 = 0; i_2 < players.length; i_2 += 1) {
    const row_3 = players[i_2];
    let p_4 = row_3;
    let unit_cost_5 = (g[6] * p_4[2]);
    cheapest_1 = ((p_4[0] > 0) ? Math.min(cheapest_1, unit_cost_5) : cheapest_1);
  }
  const half_life_6 = g[13];
  const decay_7 = Math.exp(((-0.6931471805599453) / half_life_6));
  let gap_8 = decay_7;
  const half_life_9 = g[4];
  const decay_10 = Math.exp(((-0.6931471805599453) / half_life_9));
  let subsidy_11 = decay_10;
  const half_life_12 = g[12];
  const decay_13 = Math.exp(((-0.6931471805599453) / half_life_12));
  let scarcity_14 = decay_13;
  industry[4][0] = 1;
  industry[5][0] = 1;
  industry[6][0] = 1;
  industry[7][0] = g[20];
  for (let t_15 = 1; t_15 < 20; t_15 += 1) {
    industry[4][t_15] = (gap_8 * industry[4][(t_15 - 1)]);
    industry[5][t_15] = (subsidy_11 * industry[5][(t_15 - 1)]);
    industry[6][t_15] = (scarcity_14 * industry[6][(t_15 - 1)]);
    industry[7][t_15] = ((1 + g[21]) * industry[7][(t_15 - 1)]);
  }
  let log_ratio_16 = Math.log((g[1] / g[0]));
  const held_17 = Math.expm1((-g[2]));
  const held_18 = Math.expm1(((-8) * g[2]));
  let first_year_19 = held_17;
  let by_2033_20 = held_18;
  let grown_21 = first_year_19;
  for (let t_22 = 0; t_22 < 20; t_22 += 1) {
    const market_progress_23 = (grown_21 / by_2033_20);
    let progress_24 = market_progress_23;
    const size_2025_25 = g[0];
    const demand_26 = (size_2025_25 * Math.exp((progress_24 * log_ratio_16)));
    industry[0][t_22] = demand_26;
    grown_21 = grown_21 + ((first_year_19 * (1 + grown_21)));
  }
  for (let t_27 = 0; t_27 < 20; t_27 += 1) {
    const demanded_28 = industry[0][t_27];
    const ceiling_29 = g[3];
    const held_30 = Math.min(demanded_28, ceiling_29);
    const held_31 = Math.max(demanded_28, ceiling_29);
    let smaller_32 = held_30;
    let larger_33 = held_31;
    let square_34 = ((smaller_32 / larger_33) * (smaller_32 / larger_33));
    const market_revenue_35 = (smaller_32 / Math.sqrt(Math.sqrt((1 + (square_34 * square_34)))));
    industry[0][t_27] = market_revenue_35;
  }
  for (let t_36 = 0; t_36 < 20; t_36 += 1) {
    const revenue_37 = industry[0][t_36];
    const revenue_2026_38 = industry[0][0];
    const elasticity_39 = g[5];
    const fixed_cost_growth_40 = Math.exp((elasticity_39 * Math.log((revenue_37 / revenue_2026_38))));
    industry[1][t_36] = fixed_cost_growth_40;
  }
  for (let t_41 = 0; t_41 < 20; t_41 += 1) {
    const years_to_revenue_42 = g[22];
    const ramp_years_43 = g[25];
    const robotics_odds_44 = Math.exp(((-((t_41 - years_to_revenue_42) - (ramp_years_43 / 2))) / (ramp_years_43 / 8)));
    let odds_45 = robotics_odds_44;
    const success_46 = g[23];
    const profit_pool_47 = g[24];
    const robotics_profit_48 = ((success_46 * profit_pool_47) / (1 + odds_45));
    industry[8][t_41] = robotics_profit_48;
  }
  const half_life_49 = g[17];
  const decay_50 = Math.exp(((-0.6931471805599453) / half_life_49));
  let fade_51 = decay_50;
  for (let i_52 = 0; i_52 < players.length; i_52 += 1) {
    const row_53 = players[i_52];
    let p_54 = row_53;
    const held_55 = Math.log((p_54[1] / p_54[0]));
    let log_ratio_56 = held_55;
    let left_57 = 1;
    for (let t_58 = 0; t_58 < 20; t_58 += 1) {
      const long_run_59 = p_54[0];
      const contest_weight_60 = ((long_run_59 > 0) ? (long_run_59 * Math.exp((left_57 * log_ratio_56))) : 0);
      weights[i_52][t_58] = contest_weight_60;
      left_57 = left_57 * (fade_51);
    }
  }
  const chip_cost_decline_61 = g[7];
  const efficiency_gain_62 = g[8];
  const quality_creep_63 = g[9];
  const log_cost_decline_64 = (-((Math.log1p((-chip_cost_decline_61)) + Math.log1p((-efficiency_gain_62))) + Math.log1p(quality_creep_63)));
  let first_65 = log_cost_decline_64;
  let long_run_66 = (-Math.log1p((-g[11])));
  const half_life_67 = g[10];
  const decay_68 = Math.exp(((-0.6931471805599453) / half_life_67));
  const held_69 = decay_68;
  let fade_70 = held_69;
  let left_71 = 1;
  let log_index_72 = 0;
  let log_gap_73 = 0;
  for (let t_74 = 0; t_74 < 20; t_74 += 1) {
    let total_75 = 0;
    let cost_76 = 0;
    for (let i_77 = 0; i_77 < players.length; i_77 += 1) {
      total_75 = total_75 + (weights[i_77][t_74]);
      const row_78 = players[i_77];
      cost_76 = cost_76 + ((weights[i_77][t_74] * row_78[2]));
    }
    const average_cost_79 = ((g[6] * cost_76) / total_75);
    const fade_80 = industry[4][t_74];
    const relative_cost_81 = (cheapest_1 * (1 + (((average_cost_79 / cheapest_1) - 1) * fade_80)));
    let average_82 = relative_cost_81;
    let target_83 = ((1 + g[15]) * average_82);
    if ((t_74 === 0)) {
      log_gap_73 = Math.log((g[14] / target_83));
    }
    const price_84 = (target_83 * Math.exp((log_index_72 + log_gap_73)));
    industry[2][t_74] = price_84;
    industry[3][t_74] = Math.exp(log_index_72);
    const fading_decline_85 = (long_run_66 + ((first_65 - long_run_66) * left_71));
    let decline_86 = fading_decline_85;
    const commoditization_rate_87 = g[16];
    let closed_88 = (-Math.expm1((-commoditization_rate_87)));
    const next_log_price_gap_89 = (((1 - closed_88) * log_gap_73) + ((Math.max(decline_86, 0) * closed_88) / commoditization_rate_87));
    log_gap_73 = next_log_price_gap_89;
    log_index_72 = log_index_72 - (decline_86);
    left_71 = left_71 * (fade_70);
  }
  return cheapest_1;
}

function fillPresence(last, weight, present) {
  for (let i_1 = 0; i_1 < present.length; i_1 += 1) {
    for (let t_2 = 0; t_2 < 20; t_2 += 1) {
      present[i_1][t_2] = 0;
      for (let answer_3 = 0; answer_3 < weight.length; answer_3 += 1) {
        present[i_1][t_2] = present[i_1][t_2] + (((last[answer_3][i_1] >= t_2) ? weight[answer_3] : 0));
      }
    }
  }
}

function fillOthers(entry, weights, present, industry, others, largest) {
  for (let t_1 = 0; t_1 < 20; t_1 += 1) {
    let before_2 = 0;
    let top_3 = 0;
    for (let i_4 = 0; i_4 < weights.length; i_4 += 1) {
      const held_5 = before_2;
      const held_6 = top_3;
      others[i_4][t_1] = held_5;
      largest[i_4][t_1] = held_6;
      const weight_7 = weights[i_4][t_1];
      const present_8 = present[i_4][t_1];
      const room_taken_9 = (weight_7 * (present_8 + (entry * (1 - present_8))));
      before_2 = (before_2 + room_taken_9);
      top_3 = Math.max(top_3, (present[i_4][t_1] * weights[i_4][t_1]));
    }
    const held_10 = industry[7][t_1];
    let after_11 = held_10;
    top_3 = 0;
    for (let i_12 = (weights.length - 1); i_12 > (-1); i_12 += (-1)) {
      others[i_12][t_1] = others[i_12][t_1] + (after_11);
      largest[i_12][t_1] = Math.max(largest[i_12][t_1], top_3);
      const weight_13 = weights[i_12][t_1];
      const present_14 = present[i_12][t_1];
      const room_taken_15 = (weight_13 * (present_14 + (entry * (1 - present_14))));
      after_11 = (after_11 + room_taken_15);
      top_3 = Math.max(top_3, (present[i_12][t_1] * weights[i_12][t_1]));
    }
  }
}

function fillOwn(g, p, cheapest, industry, own) {
  let unit_cost_1 = (g[6] * p[2]);
  const rate_2 = p[15];
  const first_discount_3 = (1 / Math.sqrt((1 + rate_2)));
  const rate_4 = p[15];
  const discount_step_5 = (1 / (1 + rate_4));
  const held_6 = first_discount_3;
  const held_7 = discount_step_5;
  let discount_8 = held_6;
  let step_9 = held_7;
  const rate_10 = p[15];
  const end_of_year_11 = (1 / Math.sqrt((1 + rate_10)));
  let half_year_12 = end_of_year_11;
  for (let t_13 = 0; t_13 < 20; t_13 += 1) {
    let gap_14 = industry[4][t_13];
    const relative_cost_15 = (cheapest * (1 + (((unit_cost_1 / cheapest) - 1) * gap_14)));
    let cost_16 = (relative_cost_15 * industry[3][t_13]);
    const market_price_17 = industry[2][t_13];
    const premium_18 = p[3];
    const own_price_19 = (market_price_17 * (1 + ((premium_18 - 1) * gap_14)));
    own[0][t_13] = (cost_16 / own_price_19);
    const held_20 = discount_8;
    own[1][t_13] = held_20;
    own[3][t_13] = held_20;
    own[2][t_13] = (discount_8 * half_year_12);
    discount_8 = discount_8 * (step_9);
  }
  const rate_21 = p[15];
  const growth_22 = g[31];
  const rate_to_perpetuity_23 = ((1 + growth_22) / (rate_21 - growth_22));
  own[3][(20 - 1)] = own[3][(20 - 1)] * ((1 + rate_to_perpetuity_23));
}

function fillContest(i, weights, others, largest, own) {
  for (let t_1 = 0; t_1 < 20; t_1 += 1) {
    own[4][t_1] = weights[i][t_1];
    own[5][t_1] = others[i][t_1];
    own[6][t_1] = largest[i][t_1];
  }
}

function fillLaterGains(p, industry, own, later) {
  let share_1 = (p[9] * (p[10] - p[11]));
  let pool_2 = 0;
  for (let t_3 = 0; t_3 < 20; t_3 += 1) {
    pool_2 = pool_2 + ((own[3][t_3] * industry[8][t_3]));
  }
  const robotics_gain_4 = ((pool_2 * p[9]) * (p[10] - p[11]));
  const held_5 = robotics_gain_4;
  let gain_6 = held_5;
  let rest_7 = held_5;
  for (let t_8 = 0; t_8 < 9; t_8 += 1) {
    rest_7 = rest_7 - (((own[1][t_8] * industry[8][t_8]) * share_1));
    later[t_8] = rest_7;
  }
  return gain_6;
}

function ipoLoss(g, p) {
  const valuation_1 = p[16];
  const pass_through_2 = g[29];
  const valuation_impact_3 = g[26];
  const delay_years_4 = g[27];
  const delay_cost_5 = g[28];
  const exposure_6 = p[17];
  const ipo_loss_7 = (((valuation_1 * pass_through_2) * (valuation_impact_3 + (delay_years_4 * delay_cost_5))) * exposure_6);
  return ipo_loss_7;
}

function exitForGood(p, gain) {
  const exit_for_good_1 = ((gain - p[18]) + (p[19] - p[20]));
  return exit_for_good_1;
}

function fillExit(g, p, industry, own, one) {
  for (let date_1 = 0; date_1 < 9; date_1 += 1) {
    one.pays[date_1] = 0;
    one.live[date_1] = 0;
    for (let k_2 = 0; k_2 < 3; k_2 += 1) {
      one.states[date_1][k_2] = 0;
    }
  }
  for (let date_3 = 0; date_3 < 7; date_3 += 1) {
    one.live[date_3] = 1;
  }
  const later_4 = one.later;
  const exercise_5 = one.pays;
  const states_6 = one.states;
  let earned_7 = 0;
  let spent_8 = 0;
  for (let t_9 = (20 - 1); t_9 > (2 - 1); t_9 += (-1)) {
    const weight_10 = (own[4][t_9] * 1);
    const others_11 = own[5][t_9];
    const share_12 = ((weight_10 > 0) ? (weight_10 / (others_11 + weight_10)) : 0);
    const revenue_13 = (industry[0][t_9] * share_12);
    const cost_ratio_14 = own[0][t_9];
    const synergy_15 = p[6];
    const subsidy_16 = ((0 * p[4]) * industry[5][t_9]);
    const fixed_cost_17 = ((1 * p[5]) * industry[1][t_9]);
    const legal_loss_18 = (1 * p[8]);
    const compute_opportunity_19 = (p[7] * industry[6][t_9]);
    let compute_20 = (revenue_13 * cost_ratio_14);
    const operating_flows_video_margin_21 = (revenue_13 - compute_20);
    const operating_flows_platform_synergy_22 = (synergy_15 * revenue_13);
    const operating_flows_consumer_subsidy_23 = (-subsidy_16);
    const operating_flows_fixed_cost_24 = (-fixed_cost_17);
    const operating_flows_legal_25 = (-legal_loss_18);
    const operating_flows_compute_opportunity_26 = ((-compute_opportunity_19) * (compute_20 + subsidy_16));
    const held_27 = operating_flows_video_margin_21;
    const held_28 = operating_flows_platform_synergy_22;
    const held_29 = operating_flows_consumer_subsidy_23;
    const held_30 = operating_flows_fixed_cost_24;
    const held_31 = operating_flows_legal_25;
    const held_32 = operating_flows_compute_opportunity_26;
    let flows_video_margin_33 = held_27;
    let flows_platform_synergy_34 = held_28;
    let flows_consumer_subsidy_35 = held_29;
    let flows_fixed_cost_36 = held_30;
    let flows_legal_37 = held_31;
    let flows_compute_opportunity_38 = held_32;
    let date_39 = (t_9 - 2);
    if ((date_39 < 7)) {
      let largest_40 = ((own[6][t_9] > 0) ? (own[6][t_9] / own[5][t_9]) : 0);
      const reentry_share_41 = p[24];
      const lock_in_42 = g[19];
      const reentry_retention_43 = (reentry_share_41 * Math.exp((((-lock_in_42) * t_9) * largest_40)));
      let kept_44 = reentry_retention_43;
      let cost_45 = ((own[2][t_9] * p[23]) * industry[1][t_9]);
      exercise_5[date_39] = ((((kept_44 * earned_7) + spent_8) - cost_45) - later_4[t_9]);
      let earned_46 = (flows_video_margin_33 + flows_platform_synergy_34);
      const cash_flow_47 = (earned_46 + ((flows_consumer_subsidy_35 + flows_fixed_cost_36) + flows_legal_37));
      const state_48 = states_6[date_39];
      state_48[0] = ((1 > 0) ? Math.log(industry[0][t_9]) : 0);
      state_48[1] = ((1 > 0) ? Math.log(own[0][t_9]) : 0);
      state_48[2] = ((1 > 0) ? cash_flow_47 : 0);
    }
    let of_revenue_49 = ((flows_video_margin_33 + flows_platform_synergy_34) + flows_compute_opportunity_38);
    earned_7 = earned_7 + ((own[3][t_9] * of_revenue_49));
    spent_8 = spent_8 + ((own[3][t_9] * (flows_fixed_cost_36 + flows_legal_37)));
  }
}

function fillStrategy(g, tile, factors, i, strategy, gain, loss, one) {
  const row_1 = tile.players[i];
  const held_2 = row_1;
  const held_3 = tile.own;
  let p_4 = held_2;
  let own_5 = held_3;
  const row_6 = tile.players[i];
  let column_7 = factors.columns[strategy][0];
  let value_8 = ((column_7 >= 0) ? row_6[column_7] : factors.numbers[strategy][0]);
  let column_9 = factors.columns[strategy][1];
  let value_10 = ((column_9 >= 0) ? row_6[column_9] : factors.numbers[strategy][1]);
  let column_11 = factors.columns[strategy][2];
  let value_12 = ((column_11 >= 0) ? row_6[column_11] : factors.numbers[strategy][2]);
  let column_13 = factors.columns[strategy][3];
  let value_14 = ((column_13 >= 0) ? row_6[column_13] : factors.numbers[strategy][3]);
  const held_15 = value_8;
  const held_16 = value_10;
  const held_17 = value_12;
  const held_18 = value_14;
  let operation_share_19 = held_15;
  let operation_fixed_20 = held_16;
  let operation_scope_21 = held_17;
  let operation_subsidy_22 = held_18;
  const industry_23 = tile.industry;
  let none_24 = 0;
  const held_25 = none_24;
  const held_26 = none_24;
  const held_27 = none_24;
  let value_28 = held_25;
  let cash_29 = held_26;
  let end_30 = held_27;
  let distress_31 = 20;
  for (let t_32 = 0; t_32 < 20; t_32 += 1) {
    const weight_33 = (own_5[4][t_32] * operation_share_19);
    const others_34 = own_5[5][t_32];
    const share_35 = ((weight_33 > 0) ? (weight_33 / (others_34 + weight_33)) : 0);
    const revenue_36 = (industry_23[0][t_32] * share_35);
    const cost_ratio_37 = own_5[0][t_32];
    const synergy_38 = p_4[6];
    const subsidy_39 = ((operation_subsidy_22 * p_4[4]) * industry_23[5][t_32]);
    const fixed_cost_40 = ((operation_fixed_20 * p_4[5]) * industry_23[1][t_32]);
    const legal_loss_41 = (operation_scope_21 * p_4[8]);
    const compute_opportunity_42 = (p_4[7] * industry_23[6][t_32]);
    let compute_43 = (revenue_36 * cost_ratio_37);
    const operating_flows_video_margin_44 = (revenue_36 - compute_43);
    const operating_flows_platform_synergy_45 = (synergy_38 * revenue_36);
    const operating_flows_consumer_subsidy_46 = (-subsidy_39);
    const operating_flows_fixed_cost_47 = (-fixed_cost_40);
    const operating_flows_legal_48 = (-legal_loss_41);
    const operating_flows_compute_opportunity_49 = ((-compute_opportunity_42) * (compute_43 + subsidy_39));
    const held_50 = operating_flows_video_margin_44;
    const held_51 = operating_flows_platform_synergy_45;
    const held_52 = operating_flows_consumer_subsidy_46;
    const held_53 = operating_flows_fixed_cost_47;
    const held_54 = operating_flows_legal_48;
    const held_55 = operating_flows_compute_opportunity_49;
    let flows_video_margin_56 = held_50;
    let flows_platform_synergy_57 = held_51;
    let flows_consumer_subsidy_58 = held_52;
    let flows_fixed_cost_59 = held_53;
    let flows_legal_60 = held_54;
    let flows_compute_opportunity_61 = held_55;
    let earned_62 = (flows_video_margin_56 + flows_platform_synergy_57);
    const cash_flow_63 = (earned_62 + ((flows_consumer_subsidy_58 + flows_fixed_cost_59) + flows_legal_60));
    const held_64 = cash_flow_63;
    const held_65 = cash_29;
    const held_66 = (distress_31 === 20);
    let flow_67 = held_64;
    let before_68 = held_65;
    let running_69 = held_66;
    cash_29 = cash_29 + (flow_67);
    let ends_70 = (running_69 && (cash_29 <= (-p_4[21])));
    const funding_71 = p_4[21];
    let spent_72 = (before_68 - cash_29);
    const funded_part_73 = ((spent_72 > 0) ? Math.min(Math.max(((funding_71 + before_68) / spent_72), 0), 1) : 0);
    let part_74 = funded_part_73;
    let weight_75 = (running_69 ? own_5[3][t_32] : 0);
    weight_75 = (ends_70 ? (part_74 * own_5[1][t_32]) : weight_75);
    value_28 = value_28 + ((weight_75 * (flow_67 + flows_compute_opportunity_61)));
    const held_76 = (ends_70 ? (t_32 + part_74) : end_30);
    const held_77 = (ends_70 ? t_32 : distress_31);
    end_30 = held_76;
    distress_31 = held_77;
    if ((t_32 < 9)) {
      one.pays[t_32] = value_28;
      one.live[t_32] = ((distress_31 === 20) ? 1 : 0);
      const live_78 = one.live[t_32];
      const state_79 = one.states[t_32];
      state_79[0] = ((live_78 > 0) ? Math.log(industry_23[0][t_32]) : 0);
      state_79[1] = ((live_78 > 0) ? Math.log(own_5[0][t_32]) : 0);
      state_79[2] = ((live_78 > 0) ? flow_67 : 0);
    }
  }
  const salvage_80 = p_4[19];
  const recovery_81 = p_4[22];
  const exit_cost_82 = p_4[20];
  const trust_loss_83 = p_4[18];
  const rate_84 = p_4[15];
  let settled_85 = (Math.max(((salvage_80 * recovery_81) - exit_cost_82), 0) - trust_loss_83);
  const distress_settlement_86 = (settled_85 * Math.exp(((-end_30) * Math.log1p(rate_84))));
  let settled_87 = ((distress_31 < 20) ? distress_settlement_86 : 0);
  const fill_operating_0_88 = (value_28 + settled_87);
  const held_89 = fill_operating_0_88;
  const held_90 = distress_31;
  let for_good_91 = held_89;
  let distress_92 = held_90;
  for (let t_93 = 0; t_93 < 9; t_93 += 1) {
    const gain_94 = one.later[t_93];
    let value_95 = ((own_5[2][t_93] * ((p_4[19] - p_4[20]) - p_4[18])) + (operation_scope_21 * gain_94));
    const valuation_96 = p_4[16];
    const pass_through_97 = g[29];
    const valuation_impact_98 = g[26];
    const delay_years_99 = g[27];
    const delay_cost_100 = g[28];
    const exposure_101 = p_4[17];
    const ipo_loss_102 = (((valuation_96 * pass_through_97) * (valuation_impact_98 + (delay_years_99 * delay_cost_100))) * exposure_101);
    const leaving_value_103 = ((t_93 === 0) ? (value_95 + ((operation_scope_21 * g[30]) * ipo_loss_102)) : value_95);
    let leaving_104 = leaving_value_103;
    one.pays[t_93] = ((one.live[t_93] > 0) ? (leaving_104 - (for_good_91 - one.pays[t_93])) : 0);
  }
  const fill_strategy_0_105 = (for_good_91 + ((gain * (1 - operation_scope_21)) - (loss * operation_scope_21)));
  return [fill_strategy_0_105, distress_92];
}

function evaluatePlayer(g, tile, factors, i, until, out) {
  const row_1 = tile.players[i];
  const held_2 = row_1;
  const held_3 = tile.industry;
  const held_4 = tile.own;
  let p_5 = held_2;
  let industry_6 = held_3;
  let own_7 = held_4;
  for (let strategy_8 = 0; strategy_8 < out.length; strategy_8 += 1) {
    for (let component_9 = 0; component_9 < out[0].length; component_9 += 1) {
      out[strategy_8][component_9] = 0;
    }
  }
  let pool_10 = 0;
  for (let t_11 = 0; t_11 < 20; t_11 += 1) {
    pool_10 = pool_10 + ((own_7[3][t_11] * industry_6[8][t_11]));
  }
  const robotics_gain_12 = ((pool_10 * p_5[9]) * (p_5[10] - p_5[11]));
  const valuation_13 = p_5[16];
  const pass_through_14 = g[29];
  const valuation_impact_15 = g[26];
  const delay_years_16 = g[27];
  const delay_cost_17 = g[28];
  const exposure_18 = p_5[17];
  const ipo_loss_19 = (((valuation_13 * pass_through_14) * (valuation_impact_15 + (delay_years_16 * delay_cost_17))) * exposure_18);
  const held_20 = robotics_gain_12;
  const held_21 = ipo_loss_19;
  let gain_22 = held_20;
  let loss_23 = held_21;
  out[0][6] = gain_22;
  out[0][8] = (-p_5[18]);
  out[0][9] = (p_5[19] - p_5[20]);
  for (let strategy_24 = 1; strategy_24 < out.length; strategy_24 += 1) {
    const row_25 = tile.players[i];
    let column_26 = factors.columns[strategy_24][0];
    let value_27 = ((column_26 >= 0) ? row_25[column_26] : factors.numbers[strategy_24][0]);
    let column_28 = factors.columns[strategy_24][1];
    let value_29 = ((column_28 >= 0) ? row_25[column_28] : factors.numbers[strategy_24][1]);
    let column_30 = factors.columns[strategy_24][2];
    let value_31 = ((column_30 >= 0) ? row_25[column_30] : factors.numbers[strategy_24][2]);
    let column_32 = factors.columns[strategy_24][3];
    let value_33 = ((column_32 >= 0) ? row_25[column_32] : factors.numbers[strategy_24][3]);
    const held_34 = value_27;
    const held_35 = value_29;
    const held_36 = value_31;
    const held_37 = value_33;
    let operation_share_38 = held_34;
    let operation_fixed_39 = held_35;
    let operation_scope_40 = held_36;
    let operation_subsidy_41 = held_37;
    const until_42 = until[strategy_24];
    let none_43 = 0;
    const held_44 = none_43;
    const held_45 = none_43;
    const held_46 = none_43;
    const held_47 = none_43;
    const held_48 = none_43;
    const held_49 = none_43;
    const held_50 = none_43;
    const held_51 = none_43;
    const held_52 = held_44;
    const held_53 = held_45;
    const held_54 = held_46;
    const held_55 = held_47;
    const held_56 = held_48;
    const held_57 = held_49;
    let total_video_margin_58 = held_52;
    let total_platform_synergy_59 = held_53;
    let total_consumer_subsidy_60 = held_54;
    let total_fixed_cost_61 = held_55;
    let total_legal_62 = held_56;
    let total_compute_opportunity_63 = held_57;
    let cash_64 = held_50;
    let spent_65 = held_51;
    let end_66 = until_42;
    for (let t_67 = 0; t_67 < 20; t_67 += 1) {
      const weight_68 = (own_7[4][t_67] * operation_share_38);
      const others_69 = own_7[5][t_67];
      const share_70 = ((weight_68 > 0) ? (weight_68 / (others_69 + weight_68)) : 0);
      const revenue_71 = (industry_6[0][t_67] * share_70);
      const cost_ratio_72 = own_7[0][t_67];
      const synergy_73 = p_5[6];
      const subsidy_74 = ((operation_subsidy_41 * p_5[4]) * industry_6[5][t_67]);
      const fixed_cost_75 = ((operation_fixed_39 * p_5[5]) * industry_6[1][t_67]);
      const legal_loss_76 = (operation_scope_40 * p_5[8]);
      const compute_opportunity_77 = (p_5[7] * industry_6[6][t_67]);
      let compute_78 = (revenue_71 * cost_ratio_72);
      const operating_flows_video_margin_79 = (revenue_71 - compute_78);
      const operating_flows_platform_synergy_80 = (synergy_73 * revenue_71);
      const operating_flows_consumer_subsidy_81 = (-subsidy_74);
      const operating_flows_fixed_cost_82 = (-fixed_cost_75);
      const operating_flows_legal_83 = (-legal_loss_76);
      const operating_flows_compute_opportunity_84 = ((-compute_opportunity_77) * (compute_78 + subsidy_74));
      const held_85 = operating_flows_video_margin_79;
      const held_86 = operating_flows_platform_synergy_80;
      const held_87 = operating_flows_consumer_subsidy_81;
      const held_88 = operating_flows_fixed_cost_82;
      const held_89 = operating_flows_legal_83;
      const held_90 = operating_flows_compute_opportunity_84;
      let flows_video_margin_91 = held_85;
      let flows_platform_synergy_92 = held_86;
      let flows_consumer_subsidy_93 = held_87;
      let flows_fixed_cost_94 = held_88;
      let flows_legal_95 = held_89;
      let flows_compute_opportunity_96 = held_90;
      const held_97 = cash_64;
      const held_98 = (t_67 < end_66);
      let before_99 = held_97;
      let running_100 = held_98;
      let earned_101 = (flows_video_margin_91 + flows_platform_synergy_92);
      const cash_flow_102 = (earned_101 + ((flows_consumer_subsidy_93 + flows_fixed_cost_94) + flows_legal_95));
      cash_64 = cash_64 + (cash_flow_102);
      let ends_103 = (running_100 && (cash_64 <= (-p_5[21])));
      const funding_104 = p_5[21];
      let spent_105 = (before_99 - cash_64);
      const funded_part_106 = ((spent_105 > 0) ? Math.min(Math.max(((funding_104 + before_99) / spent_105), 0), 1) : 0);
      let part_107 = funded_part_106;
      let weight_108 = (running_100 ? own_7[3][t_67] : 0);
      const factor_109 = (ends_103 ? (part_107 * own_7[1][t_67]) : weight_108);
      const add_flows_video_margin_110 = (total_video_margin_58 + (factor_109 * flows_video_margin_91));
      const add_flows_platform_synergy_111 = (total_platform_synergy_59 + (factor_109 * flows_platform_synergy_92));
      const add_flows_consumer_subsidy_112 = (total_consumer_subsidy_60 + (factor_109 * flows_consumer_subsidy_93));
      const add_flows_fixed_cost_113 = (total_fixed_cost_61 + (factor_109 * flows_fixed_cost_94));
      const add_flows_legal_114 = (total_legal_62 + (factor_109 * flows_legal_95));
      const add_flows_compute_opportunity_115 = (total_compute_opportunity_63 + (factor_109 * flows_compute_opportunity_96));
      const held_116 = add_flows_video_margin_110;
      const held_117 = add_flows_platform_synergy_111;
      const held_118 = add_flows_consumer_subsidy_112;
      const held_119 = add_flows_fixed_cost_113;
      const held_120 = add_flows_legal_114;
      const held_121 = add_flows_compute_opportunity_115;
      total_video_margin_58 = held_116;
      total_platform_synergy_59 = held_117;
      total_consumer_subsidy_60 = held_118;
      total_fixed_cost_61 = held_119;
      total_legal_62 = held_120;
      total_compute_opportunity_63 = held_121;
      const held_122 = (ends_103 ? (t_67 + part_107) : end_66);
      const held_123 = (ends_103 ? 1 : spent_65);
      end_66 = held_122;
      spent_65 = held_123;
    }
    const salvage_124 = p_5[19];
    const recovery_125 = p_5[22];
    const exit_cost_126 = p_5[20];
    const trust_loss_127 = p_5[18];
    const rate_128 = p_5[15];
    let settled_129 = (Math.max(((salvage_124 * recovery_125) - exit_cost_126), 0) - trust_loss_127);
    const distress_settlement_130 = (settled_129 * Math.exp(((-end_66) * Math.log1p(rate_128))));
    const operate_settlement_131 = ((spent_65 > 0) ? distress_settlement_130 : 0);
    const out_132 = out[strategy_24];
    const held_133 = total_video_margin_58;
    const held_134 = total_platform_synergy_59;
    const held_135 = total_consumer_subsidy_60;
    const held_136 = total_fixed_cost_61;
    const held_137 = total_legal_62;
    const held_138 = total_compute_opportunity_63;
    let flows_video_margin_139 = held_133;
    let flows_platform_synergy_140 = held_134;
    let flows_consumer_subsidy_141 = held_135;
    let flows_fixed_cost_142 = held_136;
    let flows_legal_143 = held_137;
    let flows_compute_opportunity_144 = held_138;
    const held_145 = flows_video_margin_139;
    const held_146 = flows_platform_synergy_140;
    const held_147 = flows_consumer_subsidy_141;
    out_132[0] = held_145;
    out_132[1] = held_146;
    out_132[2] = held_147;
    const held_148 = flows_fixed_cost_142;
    const held_149 = flows_legal_143;
    const held_150 = flows_compute_opportunity_144;
    out_132[3] = held_148;
    out_132[4] = held_149;
    out_132[5] = held_150;
    out_132[9] = operate_settlement_131;
    out[strategy_24][6] = ((gain_22 * (1 - operation_scope_40)) + 0);
    out[strategy_24][7] = (((-loss_23) * operation_scope_40) + 0);
  }
}

function exercisePlayer(g, tile, i, factors, left, one, out) {
  const row_1 = tile.players[i];
  let p_2 = row_1;
  const industry_3 = tile.industry;
  const own_4 = tile.own;
  const later_5 = one.later;
  let share_6 = (p_2[9] * (p_2[10] - p_2[11]));
  let pool_7 = 0;
  for (let t_8 = 0; t_8 < 20; t_8 += 1) {
    pool_7 = pool_7 + ((own_4[3][t_8] * industry_3[8][t_8]));
  }
  const robotics_gain_9 = ((pool_7 * p_2[9]) * (p_2[10] - p_2[11]));
  const held_10 = robotics_gain_9;
  let gain_11 = held_10;
  let rest_12 = held_10;
  for (let t_13 = 0; t_13 < 9; t_13 += 1) {
    rest_12 = rest_12 - (((own_4[1][t_13] * industry_3[8][t_13]) * share_6));
    later_5[t_13] = rest_12;
  }
  if ((left[0] > -1)) {
    const later_14 = one.later;
    const back_15 = left[0];
    const row_16 = tile.players[i];
    let p_17 = row_16;
    const industry_18 = tile.industry;
    const own_19 = tile.own;
    const exercise_20 = one.pays;
    const states_21 = one.states;
    let earned_22 = 0;
    let spent_23 = 0;
    for (let t_24 = (20 - 1); t_24 > (2 - 1); t_24 += (-1)) {
      const weight_25 = (own_19[4][t_24] * 1);
      const others_26 = own_19[5][t_24];
      const share_27 = ((weight_25 > 0) ? (weight_25 / (others_26 + weight_25)) : 0);
      const revenue_28 = (industry_18[0][t_24] * share_27);
      const cost_ratio_29 = own_19[0][t_24];
      const synergy_30 = p_17[6];
      const subsidy_31 = ((0 * p_17[4]) * industry_18[5][t_24]);
      const fixed_cost_32 = ((1 * p_17[5]) * industry_18[1][t_24]);
      const legal_loss_33 = (1 * p_17[8]);
      const compute_opportunity_34 = (p_17[7] * industry_18[6][t_24]);
      let compute_35 = (revenue_28 * cost_ratio_29);
      const operating_flows_video_margin_36 = (revenue_28 - compute_35);
      const operating_flows_platform_synergy_37 = (synergy_30 * revenue_28);
      const operating_flows_consumer_subsidy_38 = (-subsidy_31);
      const operating_flows_fixed_cost_39 = (-fixed_cost_32);
      const operating_flows_legal_40 = (-legal_loss_33);
      const operating_flows_compute_opportunity_41 = ((-compute_opportunity_34) * (compute_35 + subsidy_31));
      const held_42 = operating_flows_video_margin_36;
      const held_43 = operating_flows_platform_synergy_37;
      const held_44 = operating_flows_consumer_subsidy_38;
      const held_45 = operating_flows_fixed_cost_39;
      const held_46 = operating_flows_legal_40;
      const held_47 = operating_flows_compute_opportunity_41;
      let flows_video_margin_48 = held_42;
      let flows_platform_synergy_49 = held_43;
      let flows_consumer_subsidy_50 = held_44;
      let flows_fixed_cost_51 = held_45;
      let flows_legal_52 = held_46;
      let flows_compute_opportunity_53 = held_47;
      let date_54 = (t_24 - 2);
      if ((date_54 < 7)) {
        let largest_55 = ((own_19[6][t_24] > 0) ? (own_19[6][t_24] / own_19[5][t_24]) : 0);
        const reentry_share_56 = p_17[24];
        const lock_in_57 = g[19];
        const reentry_retention_58 = (reentry_share_56 * Math.exp((((-lock_in_57) * t_24) * largest_55)));
        let kept_59 = reentry_retention_58;
        let cost_60 = ((own_19[2][t_24] * p_17[23]) * industry_18[1][t_24]);
        exercise_20[date_54] = ((((kept_59 * earned_22) + spent_23) - cost_60) - later_14[t_24]);
        let earned_61 = (flows_video_margin_48 + flows_platform_synergy_49);
        const cash_flow_62 = (earned_61 + ((flows_consumer_subsidy_50 + flows_fixed_cost_51) + flows_legal_52));
        const state_63 = states_21[date_54];
        state_63[0] = ((1 > 0) ? Math.log(industry_18[0][t_24]) : 0);
        state_63[1] = ((1 > 0) ? Math.log(own_19[0][t_24]) : 0);
        state_63[2] = ((1 > 0) ? cash_flow_62 : 0);
      }
      let of_revenue_64 = ((flows_video_margin_48 + flows_platform_synergy_49) + flows_compute_opportunity_53);
      earned_22 = earned_22 + ((own_19[3][t_24] * of_revenue_64));
      spent_23 = spent_23 + ((own_19[3][t_24] * (flows_fixed_cost_51 + flows_legal_52)));
    }
    let paid_65 = 0;
    for (let date_66 = 0; date_66 < 7; date_66 += 1) {
      paid_65 = ((back_15 === (date_66 + 2)) ? one.pays[date_66] : paid_65);
    }
    out[0][10] = paid_65;
  }
  for (let strategy_67 = 1; strategy_67 < out.length; strategy_67 += 1) {
    const row_68 = tile.players[i];
    let column_69 = factors.columns[strategy_67][0];
    let value_70 = ((column_69 >= 0) ? row_68[column_69] : factors.numbers[strategy_67][0]);
    let column_71 = factors.columns[strategy_67][1];
    let value_72 = ((column_71 >= 0) ? row_68[column_71] : factors.numbers[strategy_67][1]);
    let column_73 = factors.columns[strategy_67][2];
    let value_74 = ((column_73 >= 0) ? row_68[column_73] : factors.numbers[strategy_67][2]);
    let column_75 = factors.columns[strategy_67][3];
    let value_76 = ((column_75 >= 0) ? row_68[column_75] : factors.numbers[strategy_67][3]);
    const held_77 = value_70;
    const held_78 = value_72;
    const held_79 = value_74;
    const held_80 = value_76;
    let operation_share_81 = held_77;
    let operation_fixed_82 = held_78;
    let operation_scope_83 = held_79;
    let operation_subsidy_84 = held_80;
    const own_85 = tile.own;
    const later_86 = one.later;
    const left_87 = left[strategy_67];
    let paid_88 = 0;
    for (let t_89 = 0; t_89 < 9; t_89 += 1) {
      const gain_90 = later_86[t_89];
      let value_91 = ((own_85[2][t_89] * ((p_2[19] - p_2[20]) - p_2[18])) + (operation_scope_83 * gain_90));
      const valuation_92 = p_2[16];
      const pass_through_93 = g[29];
      const valuation_impact_94 = g[26];
      const delay_years_95 = g[27];
      const delay_cost_96 = g[28];
      const exposure_97 = p_2[17];
      const ipo_loss_98 = (((valuation_92 * pass_through_93) * (valuation_impact_94 + (delay_years_95 * delay_cost_96))) * exposure_97);
      const leaving_value_99 = ((t_89 === 0) ? (value_91 + ((operation_scope_83 * g[30]) * ipo_loss_98)) : value_91);
      paid_88 = ((left_87 === t_89) ? leaving_value_99 : paid_88);
    }
    out[strategy_67][11] = paid_88;
  }
}

window.decide = { ...window.decide, economics: { YEARS, LEAVING, RETURN, STATES, INDUSTRY_ROWS, OWN_ROWS, COMPONENTS, CLIP, ENTRY, normalScore, fillIndustry, fillPresence, fillOthers, fillOwn, fillContest, fillLaterGains, ipoLoss, exitForGood, fillExit, fillStrategy, evaluatePlayer, exercisePlayer } };
})();
