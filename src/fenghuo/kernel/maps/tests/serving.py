"""A process of its own that keeps asking for a time, for tests of a rebuild: one JSON line an answer."""

import json
import sys
import time


def main(seconds: float) -> None:
    import django

    django.setup()
    from fenghuo.geo.roads.closures import Closures
    from fenghuo.kernel.maps.roads import current_graph
    from fenghuo.kernel.maps.travel import travel_times

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        (found,) = travel_times([(34.1041, 108.6041)], (34.1062, 108.6021), "car", Closures())
        graph = current_graph()
        said = {"estimate": found.estimate, "seconds": found.seconds, "source": graph and graph.about["source"]}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
        time.sleep(0.005)


if __name__ == "__main__":
    main(float(sys.argv[1]))
