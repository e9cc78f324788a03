from tests.benchmarks.bench_finance import LIMIT_MS, best, large_plan, scenario


def test_a_scenario_of_sixty_reserves_and_twelve_years_is_worked_out_in_time():
    plan = large_plan()
    assert best(lambda: scenario(plan), runs=3) < LIMIT_MS
