"""Facts that ship with the package: each with its source, release, date and check.

Geography: :func:`find_places`, :func:`readings`, :func:`distance`, :func:`coast_to_coast`.
Means: :func:`milex`.
"""

from standoff.reference.coastlines import (
    Polygon,
    Unit,
    land_polygons,
    main_polygon,
    polygon_at,
    polygons_of,
    units,
)
from standoff.reference.geodesy import (
    KM_PER_NMI,
    Distance,
    GeoPoint,
    coast_to_coast,
    geodesic_circle,
    geodesic_km,
    point_to_coast,
    point_to_point,
    within,
)
from standoff.reference.milex import (
    MILEX_MEASURES,
    Coverage,
    Milex,
    milex,
    milex_actors,
    milex_ranks,
)
from standoff.reference.outlines import Outline, outline_of_state
from standoff.reference.places import (
    Gazetteer,
    Place,
    PlaceKind,
    ancestors,
    find_places,
    gazetteer,
    is_part_of,
    place,
    places,
    suggest_places,
)
from standoff.reference.regions import distance, nearest_land, outline_of, readings

__all__ = [
    "KM_PER_NMI",
    "MILEX_MEASURES",
    "Coverage",
    "Distance",
    "Gazetteer",
    "GeoPoint",
    "Milex",
    "Outline",
    "Place",
    "PlaceKind",
    "Polygon",
    "Unit",
    "ancestors",
    "coast_to_coast",
    "distance",
    "find_places",
    "gazetteer",
    "geodesic_circle",
    "geodesic_km",
    "is_part_of",
    "land_polygons",
    "main_polygon",
    "milex",
    "milex_actors",
    "milex_ranks",
    "nearest_land",
    "outline_of",
    "outline_of_state",
    "place",
    "places",
    "point_to_coast",
    "point_to_point",
    "polygon_at",
    "polygons_of",
    "readings",
    "suggest_places",
    "units",
    "within",
]
