//! The three shapes of the platform's errors.

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use super::answer::Answer;

/// An error with its status.
#[derive(Clone, Debug)]
pub struct ApiError {
    pub status: u16,
    pub body: Json,
}

impl ApiError {
    pub fn new(status: u16, code: &str, message: &str) -> ApiError {
        ApiError { status, body: json!({ "error_code": code, "message": message }) }
    }

    /// A clause of the query language that cannot be understood.
    pub fn odsql(clause: &str, detail: &str) -> ApiError {
        let message = format!(
            "ODSQL query is malformed: {detail} Clause(s) containing the error(s): {clause}."
        );
        ApiError::new(400, "ODSQLError", &message)
    }

    pub fn unknown_field(clause: &str, name: &str) -> ApiError {
        ApiError::odsql(clause, &format!("Unknown field: {name}"))
    }

    /// A parameter outside its bounds.
    pub fn parameter(name: &str, value: &str, expected: &str) -> ApiError {
        let message = format!(
            "Invalid value for {name} API parameter: {value} was found but {expected} is expected."
        );
        ApiError::new(400, "InvalidRESTParameterError", &message)
    }

    pub fn no_dataset(id: &str) -> ApiError {
        ApiError::new(404, "ODSQLError", &format!("Unknown dataset: {id}."))
    }

    pub fn no_route(path: &str) -> ApiError {
        ApiError::new(404, "ODSQLError", &format!("Nothing is found at {path}."))
    }

    pub fn wrong_key() -> ApiError {
        ApiError { status: 401, body: json!({ "error": "API key is not valid" }) }
    }

    pub fn too_many(limit: u64, reset: DateTime<Utc>) -> ApiError {
        let body = json!({
            "errorcode": 10002,
            "reset_time": reset.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "limit_time_unit": "day",
            "call_limit": limit,
            "error": "Too many requests on the domain. Please contact the domain administrator.",
        });
        ApiError { status: 429, body }
    }

    pub fn answer(&self) -> Answer {
        Answer::json(self.status, &self.body)
    }
}
