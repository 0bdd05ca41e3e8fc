//! Mail over SMTP, to a server that takes everything (RFC 5321 §4.1.1).

use std::sync::{Arc, Mutex};

use service::{
    admin::{
        invitations,
        users::{self, Person},
    },
    config::{Config, MailConfig},
    server,
};
use store::Role;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::support::wait_for;

type Taken = Arc<Mutex<Vec<String>>>;

async fn mail_server() -> (String, Taken) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let taken = Taken::default();
    let mails = Arc::clone(&taken);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(talk(stream, Arc::clone(&mails)));
        }
    });
    (url, taken)
}

async fn talk(stream: TcpStream, mails: Taken) -> Option<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 mail.acme.example\r\n").await.ok()?;
    while let Some(line) = lines.next_line().await.ok()? {
        let answer: &[u8] = match line.split(' ').next().unwrap_or_default() {
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await.ok()?;
                let mut mail = String::new();
                while let Some(line) = lines.next_line().await.ok()? {
                    if line == "." {
                        break;
                    }
                    mail.push_str(&line);
                    mail.push('\n');
                }
                mails.lock().unwrap().push(mail);
                b"250 taken\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 ok\r\n",
        };
        writer.write_all(answer).await.ok()?;
    }
    Some(())
}

#[tokio::test]
async fn an_invitation_goes_to_the_configured_mail_server_and_no_folder() {
    let (url, taken) = mail_server().await;
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        data_dir: folder.path().to_owned(),
        mail: MailConfig {
            smtp_url: Some(url.into()),
            ..MailConfig::default()
        },
        ..Config::default()
    };
    let (app, _) = server::open(config).await.unwrap();
    let acme = users::organization(&app, "Acme", true).await.unwrap();
    let ana = Person {
        email: "ana@acme.example".to_owned(),
        name: None,
        role: Role::Agent,
    };
    invitations::invite(&app, &acme, ana).await.unwrap();
    let mail = wait_for(|| taken.lock().unwrap().first().cloned()).await;
    assert!(mail.contains("To: ana@acme.example"), "{mail}");
    assert!(mail.contains("Subject: Join Acme on Workspace"), "{mail}");
    assert!(mail.contains("/invitation?token="), "{mail}");
    assert!(!folder.path().join("mail").exists());
}
