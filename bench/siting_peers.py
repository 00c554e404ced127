"""The same question put to spopt with its default solver, and to HiGHS alone, each in a process of its own."""

SPOPT = """
import json, sys, time, warnings
warnings.filterwarnings("ignore")
import numpy as np, pulp
from spopt.locate import MCLP, PMedian
found = []
for asked in json.load(sys.stdin):
    seconds, people = np.array(asked["seconds"]), np.array(asked["people"], float)
    begun = time.perf_counter()
    if asked["within"] is None:
        model = PMedian.from_cost_matrix(seconds, people, p_facilities=asked["new"])
    else:
        model = MCLP.from_cost_matrix(seconds, people, asked["within"], p_facilities=asked["new"])
    model.solve(pulp.PULP_CBC_CMD(msg=False))
    took = 1000 * (time.perf_counter() - begun)
    found.append({"value": model.problem.objective.value(), "ms": took})
print(json.dumps(found))
"""
HIGHS = """
import json, sys, time
import numpy as np, highspy
INF = highspy.kHighsInf

def solved(cost, rows, whole, sense):
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(cost), len(rows)
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, np.zeros(len(cost)), np.ones(len(cost))
    model.row_lower_, model.row_upper_ = np.array([r[2] for r in rows]), np.array([r[3] for r in rows])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(r[0]) for r in rows)]).astype(np.int32)
    model.a_matrix_.index_ = np.concatenate([r[0] for r in rows]).astype(np.int32)
    model.a_matrix_.value_ = np.concatenate([r[1] for r in rows])
    kinds = highspy.HighsVarType
    model.integrality_ = [kinds.kInteger] * whole + [kinds.kContinuous] * (len(cost) - whole)
    model.sense_ = sense
    solver = highspy._Highs()
    solver.setOptionValue("output_flag", False)
    solver.passModel(model)
    solver.run()
    return solver.getInfo().objective_function_value

def median(seconds, people, new):
    count, sites = seconds.shape
    at = sites + np.arange(count * sites).reshape(count, sites)
    rows = [(at[i], np.ones(sites), 1.0, 1.0) for i in range(count)]
    rows += [(np.array([at[i, j], j]), np.array([1.0, -1.0]), -INF, 0.0) for i in range(count) for j in range(sites)]
    rows.append((np.arange(sites), np.ones(sites), -INF, float(new)))
    cost = np.concatenate([np.zeros(sites), (seconds * people[:, None]).ravel()])
    return solved(cost, rows, sites, highspy.ObjSense.kMinimize)

def cover(seconds, people, new, within):
    count, sites = seconds.shape
    rows = []
    for i in range(count):
        near = np.flatnonzero(seconds[i] <= within)
        rows.append((np.append(near, sites + i), np.append(np.ones(len(near)), -1.0), 0.0, INF))
    rows.append((np.arange(sites), np.ones(sites), -INF, float(new)))
    return solved(np.concatenate([np.zeros(sites), people]), rows, sites, highspy.ObjSense.kMaximize)

found = []
for asked in json.load(sys.stdin):
    seconds, people = np.array(asked["seconds"]), np.array(asked["people"], float)
    begun = time.perf_counter()
    if asked["within"] is None:
        value = median(seconds, people, asked["new"])
    else:
        value = cover(seconds, people, asked["new"], asked["within"])
    found.append({"value": value, "ms": 1000 * (time.perf_counter() - begun)})
print(json.dumps(found))
"""
